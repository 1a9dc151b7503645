import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { formatPercent } from "#lib/format/numbers.ts";
import { PEOPLE_FOR_RATES } from "#lib/rates/rules.ts";
import type { ArmSums } from "#lib/rollout-judging/types.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";

const PARTS = ["biometric", "fellBack", "legacy", "notCompleted"] as const;
type Part = (typeof PARTS)[number];
type ArmName = "biometric" | "legacy";
type Row = { arm: ArmName; people: number; parts: Record<Part, number | null>; unreported: number };

/** How the first logins of both arms ended, each as parts of the whole. */
function rowOf(arm: ArmName, sums: ArmSums): Row {
  const unreported = sums.onLegacy - sums.reported;
  const onLegacy = Math.max(0, sums.people - sums.approved - sums.notCompleted - unreported);
  const isBio = arm === "biometric";
  return {
    arm,
    people: sums.people,
    parts: {
      biometric: isBio ? sums.approved : null,
      fellBack: isBio ? onLegacy : null,
      legacy: isBio ? null : onLegacy,
      notCompleted: sums.notCompleted,
    },
    unreported,
  };
}

/** The biometric arm and the legacy arm side by side, over first logins of the same hours. */
export function BothWays({ data: { arms, standing } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.arms");
  const format = useFormatter();
  const locale = useLocale();
  if (standing.rollout?.stage == null || arms === null) return null;
  const rows = [rowOf("biometric", arms.biometric), rowOf("legacy", arms.legacy)];
  const [count, of] = [arms.biometric.people, arms.biometric.people + arms.legacy.people];
  const unreported = rows.reduce((sum, row) => sum + row.unreported, 0);
  const counts = { count: format.number(count), of: format.number(of) };
  return (
    <Section
      title={t("title")}
      about={t("about")}
      end={of === 0 ? undefined : t("realised", { share: formatPercent(count / of, locale), ...counts })}
    >
      {of === 0 ? (
        <p className="m">{t("empty")}</p>
      ) : (
        <ArmsTable rows={rows.filter(({ people }) => people > 0)} />
      )}
      {of > 0 && arms.legacy.people === 0 ? <p className="small m foot">{t("noLegacy")}</p> : null}
      {unreported > 0 ? <p className="small m foot">{t("unreported", { count: unreported })}</p> : null}
    </Section>
  );
}

function ArmsTable({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations("rollout.arms");
  return (
    <table className="tbl stack free">
      <thead>
        <tr>
          <th scope="col">{t("arm")}</th>
          <th scope="col" style={{ width: "38%" }}>
            {t("ended")}
          </th>
          {PARTS.map((part) => (
            <th key={part} scope="col" className="num">
              <PartKey part={part} />
              {t(part)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ArmRow key={row.arm} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ArmRow({ row }: { row: Row }) {
  const t = useTranslations("rollout.arms");
  const format = useFormatter();
  const shares = useShares(row);
  const told = PARTS.flatMap((part) => (row.parts[part] === null ? [] : [`${t(part)} ${shares(part)}`]));
  return (
    <tr>
      <th scope="row" className="nw full">
        {t(row.arm)} <span className="m">{format.number(row.people)}</span>
      </th>
      <td className="full">
        <ArmBar row={row} text={t("barText", { arm: t(row.arm), parts: format.list(told) })} />
      </td>
      {PARTS.map((part) => (
        <PartCell key={part} row={row} part={part} share={shares(part)} />
      ))}
    </tr>
  );
}

function PartCell({ row, part, share }: { row: Row; part: Part; share: string }) {
  const t = useTranslations("rollout.arms");
  const format = useFormatter();
  const count = row.parts[part];
  if (count === null) return <td className="num m hide-s">–</td>;
  const name = <span className="ph">{t(part)}</span>;
  if (row.people < PEOPLE_FOR_RATES)
    return (
      <td className="num">
        {format.number(count)} {name}
      </td>
    );
  return (
    <td className={part === "notCompleted" ? "num two-line b" : "num two-line"}>
      {share}
      <small>
        {format.number(count)} {name}
      </small>
    </td>
  );
}

function useShares({ parts, people }: Row) {
  const locale = useLocale();
  return (part: Part) => {
    const share = people === 0 ? 0 : (parts[part] ?? 0) / people;
    return formatPercent(share, locale, share < 0.1 ? 2 : 1);
  };
}

const WIDTH = 600;

/** One bar for one arm: its parts in the order of the table's heads. */
function ArmBar({ row, text }: { row: Row; text: string }) {
  let from = 0;
  const shown = PARTS.flatMap((part) => {
    const count = row.parts[part] ?? 0;
    if (count === 0 || row.people === 0) return [];
    const width = (count / row.people) * WIDTH;
    const place = { part, from, width: Math.max(1, width - 1) };
    from += width;
    return [place];
  });
  return (
    <svg
      className="arm-bar"
      viewBox={`0 0 ${WIDTH} 14`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      {shown.map(({ part, from: x, width }) => (
        <rect key={part} className={`part-${part}`} x={x} y="0" width={width} height="14" />
      ))}
    </svg>
  );
}

function PartKey({ part }: { part: Part }) {
  return (
    <span className="part-key" aria-hidden="true">
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <rect className={`part-${part}`} width="10" height="10" />
      </svg>
    </span>
  );
}
