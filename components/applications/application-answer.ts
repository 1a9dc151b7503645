import { useFormatter, useNow, useTranslations } from "next-intl";
import type { Application } from "#lib/applications/types.ts";
import { wholeDays } from "./whole-days.ts";

/** The sentence somebody opens the page for, and the one that says why. */
export function useAnswer(application: Application | null): { answer: string; lead: string } {
  const t = useTranslations("applications");
  const format = useFormatter();
  const now = useNow();
  if (application === null) return { answer: t("answer.none"), lead: t("lead.none") };
  const { name, standing, keys, rotation, disabledAt, lastCallAt, loginsLastDay } = application;
  const [only, another] = keys;
  const relative = (at: Date | null) => (at === null ? t("never") : format.relativeTime(at, now));
  const day = rotation === null ? "" : format.dateTime(rotation.endsAt, "weekday");
  switch (standing) {
    case "disabled":
      return {
        answer: t("answer.disabled", { name }),
        lead: t("lead.disabled", { when: relative(disabledAt), keys: keys.length }),
      };
    case "rotating":
      return {
        answer: t("answer.rotating", { name }),
        lead: t(`lead.rotating.${rotation?.step ?? "use"}`, { day }),
      };
    case "kept":
      return { answer: t("answer.kept", { name }), lead: t("lead.kept", { day }) };
    case "no_key":
    case "waiting":
      return { answer: t(`answer.${standing}`, { name }), lead: t(`lead.${standing}`) };
    case "live":
      return {
        answer:
          only && !another
            ? t("answer.liveAged", { name, days: wholeDays(only.createdAt, now) })
            : t("answer.live", { name, keys: keys.length }),
        lead: t("lead.live", { when: relative(lastCallAt), logins: loginsLastDay }),
      };
  }
}
