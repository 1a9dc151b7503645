import { TriangleAlert } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { type Cell, FLAWS, type Medians } from "#lib/campaign-results/types.ts";
import type { Campaign } from "#lib/campaigns/types.ts";
import { formatInterval, formatPercent } from "#lib/format/numbers.ts";

type CellsTableProps = { campaign: Campaign; cells: readonly Cell[] };

/** The matrix as a table: every condition with its share and interval, what failed, and what was measured. */
export function CellsTable({ campaign, cells }: CellsTableProps) {
  const t = useTranslations("campaigns.table");
  const labels = new Map(campaign.devices.map(({ id, label }) => [id, label]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways by itself, by the keyboard too
    <section className="matrix-scroll" tabIndex={0} aria-label={t("label")}>
      <table className="tbl tight" style={{ minWidth: 824 }}>
        <thead>
          <tr>
            <th scope="col">{t("conditionHead")}</th>
            <th scope="col" className="num">
              {t("recognised")}
            </th>
            <th scope="col" className="num">
              {t("share")}
            </th>
            <th scope="col" className="num">
              {t("interval")}
            </th>
            <th scope="col">{t("verdict")}</th>
            <th scope="col">{t("why")}</th>
            <th scope="col" className="num">
              {t("light")}
            </th>
            <th scope="col" className="num">
              {t("sharpness")}
            </th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <CellRow
              key={`${cell.deviceId} ${cell.lighting} ${cell.position}`}
              cell={cell}
              label={labels.get(cell.deviceId) ?? ""}
              limit={campaign.limitPercent}
            />
          ))}
        </tbody>
      </table>
      <p className="small m" style={{ paddingTop: 8 }}>
        {t("medians")}
      </p>
    </section>
  );
}

function CellRow({ cell, label, limit }: { cell: Cell; label: string; limit: number }) {
  const t = useTranslations("campaigns");
  const locale = useLocale();
  const { lighting, position, recognised, tries, rate, quality } = cell;
  return (
    <tr>
      <th scope="row" className="two-line">
        {label}
        <small>
          {t("table.condition", { light: t(`lighting.${lighting}`), position: t(`position.${position}`) })}
        </small>
      </th>
      <td className="num">{tries === 0 ? "–" : t("ofTries", { recognised, tries })}</td>
      <td className="num">{rate === null ? "–" : formatPercent(rate.share, locale)}</td>
      <td className="num m2">{rate === null ? "–" : formatInterval(rate, locale)}</td>
      <td className="nw">
        <VerdictStatus verdict={cell.verdict} limit={limit} />
      </td>
      <td className="m2">
        <Why cell={cell} />
      </td>
      <Pair of={quality} what="lightLevel" digits={0} />
      <Pair of={quality} what="sharpness" digits={3} />
    </tr>
  );
}

function VerdictStatus({ verdict, limit }: { verdict: Cell["verdict"]; limit: number }) {
  const t = useTranslations("campaigns");
  switch (verdict) {
    case "fine":
      return (
        <Status kind="ok" quiet>
          {t("verdict.fine")}
        </Status>
      );
    case "weak":
      return (
        <Status kind="due" icon={TriangleAlert}>
          {t("legend.weak", { limit })}
        </Status>
      );
    case "clearly_weak":
      return <Status kind="fail">{t("legend.clearly_weak")}</Status>;
    default:
      return <Status kind={verdict === "too_few" ? "open" : "none"}>{t(`verdict.${verdict}`)}</Status>;
  }
}

/** What came of the tries that were not recognised, and what stood beside them. */
function Why({ cell }: { cell: Cell }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const { notRecognised, unusable, failed, flaws } = cell;
  const outcomes = [
    notRecognised > 0 ? t("why.notRecognised", { count: notRecognised }) : null,
    unusable > 0 ? t("why.unusable", { count: unusable }) : null,
    failed > 0 ? t("why.failed", { count: failed }) : null,
  ].filter((part) => part !== null);
  const measured = FLAWS.filter((flaw) => flaw !== "none" && flaws[flaw] > 0).map((flaw) =>
    t(`flawCount.${flaw as "dark"}`, { count: flaws[flaw] }),
  );
  if (outcomes.length === 0) return null;
  return (
    <>
      {format.list(outcomes, { type: "unit" })}
      {measured.length === 0 ? null : (
        <span className="small m"> ({format.list(measured, { type: "unit" })})</span>
      )}
    </>
  );
}

type PairProps = { of: Record<"recognised" | "others", Medians>; what: keyof Medians; digits: number };

function Pair({ of, what, digits }: PairProps) {
  const format = useFormatter();
  const write = (value: number | null) =>
    value === null
      ? "–"
      : format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (
    <td className="num m2">
      {write(of.recognised[what])} / {write(of.others[what])}
    </td>
  );
}
