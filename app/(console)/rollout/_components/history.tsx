import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { HistoryEntry } from "#lib/rollout-page/types.ts";
import { useChangeWords } from "./use-change-words.ts";

/** The newest acts, with the way to all of them. */
export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  const t = useTranslations("rollout.history");
  const all =
    entries.length === 0 ? undefined : (
      <Link href="/rollout/history" prefetch={false}>
        {t("all")}
      </Link>
    );
  return (
    <Section title={t("title")} end={all}>
      {entries.length === 0 ? <p className="m">{t("empty")}</p> : <HistoryTable entries={entries} />}
    </Section>
  );
}

/** Acts in words: when, what, why, who, and how many gateways confirmed. */
export function HistoryTable({ entries }: { entries: readonly HistoryEntry[] }) {
  const t = useTranslations("rollout.history");
  return (
    <table className="tbl free stack">
      <thead className="vh">
        <tr>
          {(["when", "what", "why", "who"] as const).map((head) => (
            <th key={head} scope="col">
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function HistoryRow({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations("rollout.history");
  const format = useFormatter();
  const words = useChangeWords();
  const { state, at } = entry;
  const told = [words.who(entry), words.gateways(entry)].filter((each) => each !== null);
  return (
    <tr>
      <td className="m nw" style={{ width: 120 }}>
        <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
          {format.dateTime(at, "minute")}
        </time>
      </td>
      <td>
        {words.what(entry)}
        {state === "confirmed" ? null : <span className="m"> · {t(`state.${state}`)}</span>}
      </td>
      <td className="m2 full">{words.why(entry)}</td>
      <td className="m nw">{told.join(" · ")}</td>
    </tr>
  );
}
