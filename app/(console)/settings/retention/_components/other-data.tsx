import { useFormatter, useTranslations } from "next-intl";
import type { RetentionData } from "#lib/retention/loaders.ts";

const KINDS = ["enrolments", "sessions", "failures", "people", "audit"] as const;

/** What has a time of its own, or none: shown so that nothing kept is left unsaid. */
export function OtherData({ others, auditSince }: Pick<RetentionData, "others" | "auditSince">) {
  const t = useTranslations("retention");
  const format = useFormatter();
  return (
    <table className="tbl list pol fix free stack">
      <thead>
        <tr>
          <th scope="col">{t("group.other")}</th>
          <th scope="col">{t("now")}</th>
          <th scope="col">{t("holds")}</th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row" className="two-line full">
              <span className="b">{t(`other.${kind}.name`)}</span>
              <small>{t(`other.${kind}.for`)}</small>
            </th>
            <td className="m2">{t(`other.${kind}.kept`)}</td>
            <td className="two-line full">
              {others[kind] === null ? t("notCounted") : t("rows", { rows: others[kind] })}
              <small>
                {kind === "audit" && auditSince !== null
                  ? t("since", { day: format.dateTime(auditSince, "day") })
                  : null}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
