import { TriangleAlert, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { isWeak, positionsOf, triedIn } from "#lib/campaign-results/rules.ts";
import type { Cell } from "#lib/campaign-results/types.ts";
import { modalitiesOf, modalityOf } from "#lib/campaigns/rules.ts";
import type { CampaignModality } from "#lib/campaigns/schema.ts";
import type { Campaign } from "#lib/campaigns/types.ts";

const NAME_WIDTH = 148;
const ALL_WIDTH = 88;
/** A count with its mark, and what more a count takes that needs its base beside it. */
const CELL_WIDTH = 48;
const LETTER_WIDTH = 6;

type CampaignMatrixProps = { campaign: Campaign; cells: readonly Cell[] };

/** How often each condition was recognised: devices down, light and position across, one table per modality. */
export function CampaignMatrix({ campaign, cells }: CampaignMatrixProps) {
  return modalitiesOf(campaign.positions).map((modality) => (
    <OneMatrix
      key={modality}
      campaign={campaign}
      modality={modality}
      cells={cells.filter(({ position }) => modalityOf(position) === modality)}
    />
  ));
}

function OneMatrix({ campaign, cells, modality }: CampaignMatrixProps & { modality: CampaignModality }) {
  const t = useTranslations("campaigns");
  const { devices, lightings, triesWanted } = campaign;
  const positions = positionsOf(campaign.positions, modality);
  const columns = lightings.length * positions.length;
  const minWidth = NAME_WIDTH + ALL_WIDTH + columns * widthOf(cells, triesWanted);
  return (
    <section
      className="matrix-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways by itself, by the keyboard too
      tabIndex={0}
      aria-label={t("matrix.label", { modality: t(`modality.${modality}`) })}
    >
      <table className="matrix" style={{ minWidth }}>
        <caption>{t(`modality.${modality}`)}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} style={{ width: NAME_WIDTH }}>
              {t("matrix.device")}
            </th>
            {lightings.map((lighting) => (
              <th key={lighting} scope="colgroup" className="g" colSpan={positions.length}>
                {t(`lighting.${lighting}`)}
              </th>
            ))}
            <th scope="col" rowSpan={2} className="g" style={{ width: ALL_WIDTH }}>
              {t("matrix.all")}
            </th>
          </tr>
          <tr>
            {lightings.flatMap((lighting) =>
              positions.map((position, place) => (
                <th key={`${lighting} ${position}`} scope="col" className={place === 0 ? "g" : undefined}>
                  {t(`position.${position}`)}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {devices.map(({ id, label }) => {
            const own = cells.filter(({ deviceId }) => deviceId === id);
            return (
              <tr key={id}>
                <th scope="row" title={label}>
                  {label}
                </th>
                {own.map((cell) => (
                  <MatrixCell
                    key={`${cell.lighting} ${cell.position}`}
                    cell={cell}
                    begins={cell.position === positions[0]}
                    triesWanted={triesWanted}
                  />
                ))}
                <AllOfDevice cells={own} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Room for the longest text of a cell, in pixels. */
function widthOf(cells: readonly Cell[], triesWanted: number): number {
  const based = cells.filter(({ tries }) => tries !== 0 && tries !== triesWanted);
  const widths = based.map((cell) => {
    const letters = `${cell.recognised} de ${cell.tries}`.length;
    return letters * LETTER_WIDTH + (isWeak(cell) ? 32 : 14);
  });
  return Math.max(CELL_WIDTH, ...widths);
}

const LOOKS = { fine: "", weak: "warn", clearly_weak: "bad", too_few: "few", not_tried: "few" } as const;

type MatrixCellProps = { cell: Cell; begins: boolean; triesWanted: number };

function MatrixCell({ cell, begins, triesWanted }: MatrixCellProps) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const { recognised, tries, verdict } = cell;
  const className = classNames(LOOKS[verdict], begins && "g");
  if (verdict === "not_tried")
    return (
      <td className={className}>
        <span aria-hidden="true">–</span>
        <span className="vh">{t("verdict.not_tried")}</span>
      </td>
    );
  const share = `${(recognised / tries) * 100}%`;
  return (
    <td className={className} style={{ "--w": share } as React.CSSProperties}>
      {tries === triesWanted ? format.number(recognised) : t("ofTries", { recognised, tries })}{" "}
      {verdict === "fine" ? null : <CellMark verdict={verdict} />}
      <i />
    </td>
  );
}

/** Icon and word of a cell that is not as it should be. */
function CellMark({ verdict }: { verdict: Exclude<Cell["verdict"], "fine" | "not_tried"> }) {
  const t = useTranslations("campaigns");
  return (
    <>
      {verdict === "weak" ? <Icon of={TriangleAlert} size={12} /> : null}
      {verdict === "clearly_weak" ? <Icon of={X} size={12} /> : null}
      <span className="vh">{t(`verdict.${verdict}`)}</span>
    </>
  );
}

function AllOfDevice({ cells }: { cells: readonly Cell[] }) {
  const t = useTranslations("campaigns");
  const { recognised, tries } = triedIn(cells);
  return (
    <td className="g all">
      {tries === 0 ? "–" : t.rich("ofTriesRich", { recognised, tries, b: (inside) => <b>{inside}</b> })}
    </td>
  );
}
