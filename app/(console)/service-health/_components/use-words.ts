import { useTranslations } from "next-intl";
import type { Part, TroubleCause } from "#lib/incidents/schema.ts";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1440;

/** How long something lasted, in words, to the minute. */
export function useLasted() {
  const t = useTranslations("serviceHealth");
  return (from: Date, to: Date): string => {
    const all = Math.round((to.getTime() - from.getTime()) / MINUTE_MS);
    if (all < 1) return t("underMinute");
    return t("lasted", {
      days: Math.floor(all / DAY_MINUTES),
      hours: Math.floor((all % DAY_MINUTES) / HOUR_MINUTES),
      minutes: all % HOUR_MINUTES,
    });
  };
}

const OURS = ["unreachable", "timed_out", "server_error", "slow", "silent"] as const;
const isOurs = (cause: TroubleCause): cause is (typeof OURS)[number] => OURS.some((known) => known === cause);

/** What to do about trouble in a part: the provider is asked for the API, a part of ours is seen to. */
export function useRemedy() {
  const t = useTranslations("serviceHealth");
  return (part: Part, cause: TroubleCause): string => {
    if (part === "api") return t(`remedy.${cause}`);
    return t(`ours.${isOurs(cause) ? cause : "other"}`);
  };
}
