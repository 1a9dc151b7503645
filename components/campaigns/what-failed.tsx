import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type CampaignResults, FLAWS } from "#lib/campaign-results/types.ts";
import { formatPercent } from "#lib/format/numbers.ts";

/** What came of the tries that were not recognised, why as far as that was measured, and calls that brought no answer. */
export function WhatFailed({ results }: { results: CampaignResults }) {
  const t = useTranslations("campaigns");
  const codes = useTranslations("people.person.enrolmentReason");
  const format = useFormatter();
  const { totals, flaws, failures } = results;
  const missed = totals.notRecognised + totals.unusable;
  return (
    <div className="two" style={{ rowGap: 16 }}>
      <div>
        <BarTable
          label={t("failed.outcomes")}
          of={totals.tries}
          rows={[
            { name: t("outcome.recognised"), count: totals.recognised },
            { name: t("outcome.not_recognised"), count: totals.notRecognised },
            { name: t("outcome.unusable"), count: totals.unusable },
          ]}
        />
        {totals.failed === 0 ? null : (
          <p className="small m" style={{ paddingTop: 8 }}>
            {t("failed.apart", {
              count: totals.failed,
              codes: format.list(
                failures.map(({ code, count }) =>
                  t("failed.code", { code: code === null ? t("failed.noCode") : codes(code), count }),
                ),
                { type: "unit" },
              ),
            })}
          </p>
        )}
      </div>
      <div>
        <BarTable
          label={t("failed.measured")}
          of={missed}
          rows={FLAWS.filter((flaw) => flaw === "none" || flaws[flaw] > 0).map((flaw) => ({
            name: t(`flaw.${flaw}`),
            count: flaws[flaw],
          }))}
        />
      </div>
    </div>
  );
}

type BarTableProps = { label: string; of: number; rows: readonly { name: string; count: number }[] };

function BarTable({ label, of, rows }: BarTableProps) {
  const t = useTranslations("campaigns");
  const locale = useLocale();
  return (
    <table className="tbl free tight" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col" className="num">
            {t("failed.times")}
          </th>
          <th scope="col" className="num">
            {t("table.share")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="num">{count.toLocaleString(locale)}</td>
            <td className="num m2">{of === 0 ? "–" : formatPercent(count / of, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
