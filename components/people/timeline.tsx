import {
  Check,
  CircleDashed,
  CornerDownLeft,
  Eye,
  Fingerprint,
  type LucideIcon,
  ScanFace,
  TriangleAlert,
  X,
} from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import { formatLatency } from "#lib/format/numbers.ts";
import { wasLetIn } from "#lib/history/rules.ts";
import { TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from "#lib/history/types.ts";
import { useEnrolmentReason } from "./use-enrolment-reason.ts";

type TimelineProps = {
  entries: readonly TimelineEntry[];
  hasMore: boolean;
  kind: TimelineKind | null;
  isContinued: boolean;
  viewerId: string;
  /** The page itself, to which the choice of lines is added. */
  path: string;
};

/** Everything that happened to the person, newest first; looks by the staff are lines like any other. */
export function Timeline({ entries, hasMore, kind, isContinued, viewerId, path }: TimelineProps) {
  const t = useTranslations("people.person.timeline");
  const last = entries.at(-1);
  const hrefOf = (chosen: TimelineKind | null, before?: Date) => {
    const query = new URLSearchParams();
    if (chosen) query.set("show", chosen);
    if (before) query.set("before", before.toISOString());
    return query.size > 0 ? `${path}?${query}` : path;
  };
  const links = [null, ...TIMELINE_KINDS].map((one) => (
    <Link
      key={one ?? "all"}
      href={hrefOf(one)}
      scroll={false}
      aria-current={one === kind ? "true" : undefined}
    >
      {t(one ?? "all")}
    </Link>
  ));
  return (
    <Section title={t("title")} about={t("about")} end={links}>
      {entries.length === 0 ? <p className="m2">{t("empty")}</p> : null}
      <ul className="tl">
        {entries.map((entry) => (
          <Line key={`${entry.kind}-${entry.id}`} entry={entry} viewerId={viewerId} />
        ))}
      </ul>
      {isContinued || (hasMore && last) ? (
        <div className="pager">
          <span className="end">
            {isContinued ? (
              <Link href={hrefOf(kind)} scroll={false}>
                {t("newest")}
              </Link>
            ) : null}
            {hasMore && last ? (
              <Link href={hrefOf(kind, last.at)} scroll={false}>
                {t("older")}
              </Link>
            ) : null}
          </span>
        </div>
      ) : null}
    </Section>
  );
}

function Line({ entry, viewerId }: { entry: TimelineEntry; viewerId: string }) {
  const t = useTranslations("people.person.timeline");
  const format = useFormatter();
  const { at, who } = entry;
  return (
    <li>
      <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
        {format.dateTime(at, "minute")}
      </time>
      <span className="pt">
        <Icon of={iconOf(entry)} />
      </span>
      <Sentence entry={entry} viewerId={viewerId} />
      <span className="who">
        {who ?? t(entry.kind === "view" || entry.kind === "check" ? "staff" : "system")}
      </span>
    </li>
  );
}

function iconOf(entry: TimelineEntry): LucideIcon {
  switch (entry.kind) {
    case "view":
      return Eye;
    case "check":
      return ScanFace;
    case "enrolment":
      return entry.state === "succeeded" ? (entry.face ? ScanFace : Fingerprint) : TriangleAlert;
    case "login": {
      const { end } = entry;
      if (end === null) return CircleDashed;
      if (end.outcome === "fell_back" || end.outcome === "fell_back_failed") return CornerDownLeft;
      const letIn = wasLetIn(end.outcome);
      return letIn === null ? CircleDashed : letIn ? Check : X;
    }
  }
}

const bold = (chunks: ReactNode) => <b className="b">{chunks}</b>;

function Sentence({ entry, viewerId }: { entry: TimelineEntry; viewerId: string }) {
  const t = useTranslations("people.person.timeline");
  const enrolled = useTranslations("people.person.enrolled");
  const terms = useTranslations("terms");
  const reason = useEnrolmentReason();
  const locale = useLocale();
  const format = useFormatter();
  switch (entry.kind) {
    case "view":
      return <span>{t(entry.actorId === viewerId ? "you" : "viewed")}</span>;
    case "check": {
      const ms = entry.apiLatencyMs;
      const values = { ms: ms === null ? "none" : "known", msText: format.number(ms ?? 0) };
      return (
        <span>
          {t.rich("check", {
            b: bold,
            reason: inSentence(terms(`verificationReason.${entry.reason}`)),
            ...values,
          })}
        </span>
      );
    }
    case "enrolment": {
      const count = entry.fingers.length;
      const modalities = entry.face ? (count > 0 ? "both" : "face") : "fingers";
      return (
        <span>
          {t(`enrolment.${entry.state}`, {
            what: enrolled("summary", { modalities, count }),
            recapture: String(entry.recapture),
            reason: reason(entry.reason),
          })}
        </span>
      );
    }
    case "login": {
      const { end, attempts, path, modality, apiLatencyMs } = entry;
      return (
        <span>
          {t.rich(`login.${end?.outcome ?? "open"}`, {
            b: bold,
            path,
            attempts,
            modality: modality ?? "none",
            isTimed: String(apiLatencyMs !== null),
            time: formatLatency(apiLatencyMs ?? 0, locale),
            reason: inSentence(terms(`pathReason.${entry.pathReason}`)),
            fallback: inSentence(terms(`fallbackReason.${end?.fallbackReason ?? "none"}`)),
          })}
          {entry.reachedPercent === null ? null : (
            <span className="m"> · {t("reached", { percent: entry.reachedPercent })}</span>
          )}
        </span>
      );
    }
  }
}
