import { Ban, X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { iconOf } from "./act-look.ts";
import { useAbout } from "./use-about.ts";
import { type EntryResult, resultOf, useEntryText } from "./use-entry-text.ts";

type EntryRowProps = { entry: ReadEntry; names: LogNames; isOneDay: boolean; isOpen: boolean; href: string };

/** One act: its place in the log, when, what, about what, who, and how it ended. */
export function EntryRow({ entry, names, isOneDay, isOpen, href }: EntryRowProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const text = useEntryText(names);
  const about = useAbout(names);
  const { id, at, sequence, action } = entry;
  const result = resultOf(entry);
  const number = sequence === null ? null : format.number(sequence);
  return (
    <tr className={isOpen ? "sel" : undefined}>
      <td className="num m col-entry hide-s">
        {number ?? (
          <span title={t("row.waitingText")} className="small">
            {t("row.waiting")}
          </span>
        )}
      </td>
      <td className="m2 nw end-s">
        <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
          {format.dateTime(at, {
            ...(isOneDay ? {} : { day: "numeric", month: "short" }),
            hour: "2-digit",
            minute: "2-digit",
            second: "2-digit",
          })}
        </time>
      </td>
      <td className="nw">
        <Link
          className="row-link act"
          href={href}
          scroll={false}
          prefetch={false}
          aria-current={isOpen ? "true" : undefined}
          data-row={id}
          data-copy={id}
        >
          <Icon of={iconOf(action)} size={14} {...(result === "done" ? {} : { tone: "bad" as const })} />
          {text.act(action)}
        </Link>
      </td>
      <td className="m2 col-about full">{about(entry)}</td>
      <td className={entry.actorId === null ? "m nw col-who" : "nw col-who"}>{text.who(entry)}</td>
      <td className="nw col-result end-text-s">
        <Result result={result} />
      </td>
    </tr>
  );
}

const LOOKS = {
  refused: { kind: "fail", icon: Ban },
  failed: { kind: "fail", icon: X },
} as const;

function Result({ result }: { result: EntryResult }) {
  const t = useTranslations("audit.result");
  if (result === "done") return <span className="m">{t(result)}</span>;
  return <Status {...LOOKS[result]}>{t(result)}</Status>;
}
