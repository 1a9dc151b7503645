import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { DueBadge, DueDay, useDueRule } from "./due.tsx";

/** Until when, whose number that is, and by which rule. */
export function DeadlineRail({ data, extend }: { data: RequestPageData; extend: ReactNode }) {
  const t = useTranslations("request.deadline");
  const laws = useTranslations("requests.regime");
  const { dateTime } = useFormatter();
  const rule = useDueRule();
  const { due, deadlines, request } = data;
  const article = due.article.replaceAll("art. ", "art.\u00a0").replaceAll(" §", "\u00a0§");
  const day = (lastDay: string) => dateTime(new Date(`${lastDay}T12:00:00Z`), "day", { timeZone: "UTC" });
  return (
    <RailSection title={t("title")}>
      <p className="deadline-day">
        <DueDay due={due} format="day" />
      </p>
      <p className="deadline-badge">
        {request.closedAt === null ? (
          <DueBadge due={due} />
        ) : (
          <Status kind={request.closedAt < request.dueAt ? "ok" : "over"}>
            {t("closed", {
              at: dateTime(request.closedAt, "dayAndMonth"),
              met: t(request.closedAt < request.dueAt ? "met" : "late"),
            })}
          </Status>
        )}
      </p>
      <Note>
        {due.source === "internal_target" ? (
          <>
            <b>{t("own")}</b> <span className="m2">{t("ownText", { law: laws(due.regime), article })}</span>
          </>
        ) : (
          <b>{rule(due)}</b>
        )}
        <br />
        <span className="small m">
          {t("rule", { version: request.ruleVersion })}
          {request.regimes.includes("gdpr") ? null : ` · ${t("gdprNot")}`}
          {deadlines
            .filter(({ regime }) => regime !== due.regime)
            .map(({ regime, lastDay }) => ` · ${t("others", { law: laws(regime), day: day(lastDay) })}`)}
          {request.extendedAt === null ? null : (
            <> · {t("extended", { at: dateTime(request.extendedAt, "dayAndMonth") })}</>
          )}
        </span>
      </Note>
      {extend}
    </RailSection>
  );
}

/** What an approval at this moment would bring, in hours and days. */
export function IfApprovedRail({ data: { ifApproved, delayHours } }: { data: RequestPageData }) {
  const t = useTranslations("request.ifApproved");
  const format = useFormatter();
  if (ifApproved === null) return null;
  const { executeAt, isShortened, shortensFrom, isInTime } = ifApproved;
  const moment = (at: Date) => format.dateTime(at, "minute");
  return (
    <RailSection title={t("title")}>
      <dl className="dl">
        <dt>{t("login")}</dt>
        <dd>{t("blocked")}</dd>
        <dt>{t("password")}</dt>
        <dd>{t("goesOn")}</dd>
        <dt>{t("cancel")}</dt>
        <dd>{t("until", { at: moment(executeAt) })}</dd>
        <dt>{t("deleted")}</dt>
        <dd>{moment(executeAt)}</dd>
        <dt>{t("target")}</dt>
        <dd>
          <Status kind={isInTime ? "ok" : "over"}>{t(isInTime ? "met" : "missed")}</Status>
        </dd>
      </dl>
      <p className="small m">
        {isShortened
          ? t("shortened", { hours: delayHours })
          : t("shortens", { at: moment(shortensFrom), hours: delayHours })}
      </p>
    </RailSection>
  );
}
