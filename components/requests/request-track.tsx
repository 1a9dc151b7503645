import { useFormatter, useTranslations } from "next-intl";
import { Stages } from "#components/ui/stages.tsx";
import { decidableUntil } from "#lib/request-page/rules.ts";
import type { RequestPageData, TrackStep } from "#lib/request-page/types.ts";
import { useRequestTerms } from "./terms.ts";

const HOUR_MS = 3_600_000;

/** The steps of the request as a line: what was done and when, where it stands, what is to come. */
export function RequestTrack({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const terms = useRequestTerms();
  const caption = useCaption(data);
  const { request, track, delayHours, now } = data;
  const { decidedAt, executeAt, assessedAt, state } = request;
  const hours =
    decidedAt !== null && executeAt !== null
      ? Math.ceil((executeAt.getTime() - decidedAt.getTime()) / HOUR_MS)
      : delayHours;
  const stages = track.map((step) => ({
    id: step.name,
    name: step.name === "ended" ? terms.step(request) : t(`step.${step.name}`, { hours }),
    caption: caption(step),
    state: step.state,
  }));
  const ends =
    state === "awaiting_approval" && assessedAt !== null
      ? { from: assessedAt, to: decidableUntil(assessedAt) }
      : state === "scheduled" && decidedAt !== null && executeAt !== null
        ? { from: decidedAt, to: executeAt }
        : null;
  const isEnded = track.some(({ name }) => name === "ended");
  return (
    <section className="sec bare" aria-label={t("track")}>
      <Stages label={t("track")} stages={stages} share={shareOf(ends, now)} isHalted={isEnded} />
    </section>
  );
}

function shareOf(ends: { from: Date; to: Date } | null, now: Date): number | null {
  if (ends === null) return null;
  const whole = ends.to.getTime() - ends.from.getTime();
  return whole <= 0 ? null : Math.min(0.97, Math.max(0.03, (now.getTime() - ends.from.getTime()) / whole));
}

function useCaption({ request }: RequestPageData) {
  const t = useTranslations("request.caption");
  const format = useFormatter();
  const moment = (at: Date) => format.dateTime(at, "minute");
  const { state, assessedAt, executeAt } = request;
  return ({ name, state: place, at }: TrackStep): string => {
    if (name === "ended") return at === null ? "" : moment(at);
    if (place === "done") return at === null ? t("done_plain") : moment(at);
    if (place === "now") {
      if (state === "failed") return t("failed");
      if (state === "outcome_unknown") return t("unknown");
      if (name === "approval" && assessedAt !== null)
        return t("approvalUntil", { at: format.dateTime(decidableUntil(assessedAt), "dayAndMonth") });
      if (name === "waiting" && executeAt !== null) return t("waitingUntil", { at: moment(executeAt) });
      if (state === "executing" || state === "verifying") return t("now");
    }
    return name === "received" ? "" : t(name);
  };
}
