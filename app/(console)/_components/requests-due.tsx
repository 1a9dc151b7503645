import { CircleAlert, Clock, ClockAlert, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DueDay } from "#components/requests/due.tsx";
import { useRequestTerms } from "#components/requests/terms.ts";
import { WhoIsNext } from "#components/requests/who-is-next.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { DueState } from "#lib/deadlines/types.ts";
import { inSentence } from "#lib/format/in-sentence.ts";
import type { FirstDue, RequestsDue as RequestsDueFacts } from "#lib/inbox/types.ts";

/** What is due of data-subject requests: how many are late, soon or the reader's, and the first three with who is next. */
export function RequestsDue({ requests: { counts, first } }: { requests: RequestsDueFacts }) {
  const t = useTranslations("overview.requests");
  const ways = [
    { tab: "you", count: counts.you },
    { tab: "over", count: counts.over },
    { tab: "soon", count: counts.soon },
  ] as const;
  const told = ways.filter(({ count }) => count > 0);
  return (
    <RailSection
      title={t("title")}
      about={counts.open === 0 ? undefined : t("open", { count: counts.open })}
      end={
        <Link href="/requests" prefetch={false} aria-label={t("allRequests")}>
          {t("all")}
        </Link>
      }
    >
      {told.length === 0 ? (
        <p className="m">{t(counts.open === 0 ? "none" : "inTime")}</p>
      ) : (
        <p className="small">
          {told.map(({ tab, count }, place) => (
            <span key={tab}>
              {place > 0 ? " · " : null}
              <Link href={`/requests?tab=${tab}`} prefetch={false}>
                {t(tab, { count })}
              </Link>
            </span>
          ))}
        </p>
      )}
      {first.length === 0 ? null : (
        <ul className="todo">
          {first.map((one) => (
            <DueItem key={one.id} one={one} />
          ))}
        </ul>
      )}
    </RailSection>
  );
}

const SIGNS: Record<DueState, { icon: LucideIcon; tone?: "warn" | "bad" }> = {
  overdue: { icon: CircleAlert, tone: "bad" },
  due_soon: { icon: ClockAlert, tone: "warn" },
  on_track: { icon: Clock },
  closed: { icon: Clock },
};

function DueItem({ one: { kind, id, name, right, state, next, due } }: { one: FirstDue }) {
  const t = useTranslations("overview.requests");
  const terms = useRequestTerms();
  const { icon, tone } = SIGNS[due.state];
  return (
    <li>
      <Icon of={icon} {...(tone === undefined ? {} : { tone })} />
      <span>
        <Link href={`/requests/${kind === "list" ? "lists/" : ""}${id}`} prefetch={false}>
          {name}
        </Link>{" "}
        {inSentence(terms.right(right))}
      </span>
      <small>
        <span className={tone === undefined ? "st" : `st ${tone}`}>{terms.due(due.state, due.daysLeft)}</span>
        , <DueDay due={due} /> · {t("next")} <WhoIsNext next={next} state={state} />
      </small>
    </li>
  );
}
