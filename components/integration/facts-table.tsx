import { GitCompareArrows } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { readSaid } from "#lib/contract-checks/rules.ts";
import type { ShownFact } from "#lib/integration-checks/types.ts";
import styles from "./facts-table.module.css";

/** What was assumed of the API beside what was seen of it. */
export function FactsTable({ facts }: { facts: readonly ShownFact[] }) {
  const t = useTranslations("integrationChecks");
  return (
    <table className="tbl free stack" aria-label={t("facts.title")}>
      <thead>
        <tr>
          <th scope="col">{t("columns.fact")}</th>
          <th scope="col">{t("columns.assumed")}</th>
          <th scope="col">{t("columns.observed")}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(({ fact, assumed, observed, isDifferent }) => (
          <tr key={fact}>
            <th scope="row" className="full">
              {t(`fact.${fact}`)}
            </th>
            <td className="m2 full">
              <span className={styles.label}>{t("columns.assumed")}: </span>
              <FactValue of={fact} value={assumed} />
            </td>
            <td className={isDifferent ? "full" : "m2 full"}>
              <span className={styles.label}>{t("columns.observed")}: </span>
              {observed === null ? (
                <Status kind="open">{t("facts.notSeen")}</Status>
              ) : isDifferent ? (
                <Status kind="due" icon={GitCompareArrows}>
                  <FactValue of={fact} value={observed} />
                </Status>
              ) : (
                <FactValue of={fact} value={observed} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WORDS = [
  "refused",
  "taken",
  "sent",
  "absent",
  "never_sent_too",
  "sent_only",
  "all",
  "any",
  "no_match",
  "ignored",
  "kept",
  "merges",
  "replaces",
  "allowed",
] as const;

function FactValue({ of: fact, value }: { of: ShownFact["fact"]; value: string }) {
  const t = useTranslations("integrationChecks");
  const format = useFormatter();
  const said = readSaid(value);
  if (said !== null) {
    const { status, form, contentType, message } = said;
    const words = message === "?" ? t("facts.otherWords") : `“${message}”`;
    return (
      <>
        {status} {words}{" "}
        <span className="small m">
          {t("facts.as", { form: t(`form.${form}`), type: contentType || "–" })}
        </span>
      </>
    );
  }
  if (fact === "picture_limit")
    return t("facts.kib", { kib: format.number(Math.floor(Number(value) / 1024)) });
  if (fact === "score_range") {
    const [low = "", high = low] = value.split("..");
    return t("facts.range", { low: Number(low), high: Number(high) });
  }
  const word = WORDS.find((known) => known === value);
  return word === undefined ? value : t(`value.${word}`);
}
