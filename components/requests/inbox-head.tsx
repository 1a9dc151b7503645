import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "#components/ui/page-head.tsx";
import type { InboxHeadFacts } from "#lib/inbox/types.ts";

/** How many requests need the reader and how many are late; below it, what is stuck. */
export function InboxHead({ head, acts }: { head: InboxHeadFacts; acts: ReactNode }) {
  const t = useTranslations("requests.answer");
  const { open, yours } = head;
  const kind = open === 0 ? "none" : yours === 0 ? "others" : "you";
  const answer = t(kind, { open, you: yours });
  const late = t("late", {
    answer,
    count: head.overdue,
    source: head.isStatute ? "statute" : "target",
  });
  return <PageHead answer={head.overdue > 0 ? late : answer} lead={useLead(head)} acts={acts} />;
}

function useLead({ worst, first, stuck, open, now }: InboxHeadFacts): string {
  const t = useTranslations("requests.lead");
  const format = useFormatter();
  if (worst !== null) {
    const isSoon = worst.at !== null && worst.at.getTime() - now.getTime() < 12 * 3_600_000;
    const time = worst.at === null ? "" : format.dateTime(worst.at, isSoon ? "clock" : "minute");
    const told = t(worst.at === null ? `${worst.kind}Now` : worst.kind, { protocol: worst.protocol, time });
    return stuck > 1 ? t("andMore", { told, count: stuck - 1 }) : told;
  }
  if (first === null) return t(open === 0 ? "nothing" : "lists");
  const day = format.dateTime(new Date(`${first.lastDay}T12:00:00Z`), "weekday", { timeZone: "UTC" });
  return t("first", { protocol: first.protocol, day });
}
