import { useFormatter, useTranslations } from "next-intl";
import { PageHead } from "#components/ui/page-head.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import { sideOf } from "#lib/health-page/rules.ts";
import type { Incident, Verdict } from "#lib/health-page/types.ts";
import type { ViewProps } from "./health-view.tsx";
import { useLasted, useRemedy } from "./use-words.ts";

/** The sentence its reader came for: whether something is the matter, and whether it is theirs or ours to mend. */
export function HealthHead({ data }: ViewProps) {
  const t = useTranslations("serviceHealth.answer");
  const lasted = useLasted();
  const { verdict } = data;
  const lead = <Lead data={data} verdict={verdict} />;
  if (data.hold !== null && !OVER_HOLD.has(verdict.kind)) return <HeldHead hold={data.hold} />;
  switch (verdict.kind) {
    case "unwatched":
      return <PageHead answer={t("unwatched")} lead={lead} />;
    case "trouble":
      return <PageHead answer={t(`trouble.${verdict.incident.part}`)} lead={lead} />;
    case "over": {
      const { part, openedAt, closedAt } = verdict.incident;
      const time = lasted(openedAt, closedAt ?? data.now);
      return <PageHead answer={t(`over.${part}`, { lasted: time })} lead={lead} />;
    }
    case "well":
      return <PageHead answer={t("well")} lead={lead} />;
  }
}

/** What is told before a hold of the circuit: nobody looks, or something is in trouble now. */
const OVER_HOLD: ReadonlySet<Verdict["kind"]> = new Set(["unwatched", "trouble"]);

/** Nothing is wrong, and yet nobody is offered biometrics: by whom, why, and until when. */
function HeldHead({ hold }: { hold: NonNullable<ViewProps["data"]["hold"]> }) {
  const t = useTranslations("serviceHealth");
  const format = useFormatter();
  const { by, reason, since, heldUntil, obeying, running } = hold;
  const lead = t("lead.held", {
    ...{ reason, obeying, running, by: by ?? t("circuit.someone") },
    since: format.dateTime(since, "minute"),
  });
  return <PageHead answer={t("answer.held", { until: format.dateTime(heldUntil, "minute") })} lead={lead} />;
}

function Lead({ data, verdict }: ViewProps & { verdict: Verdict }) {
  const t = useTranslations("serviceHealth.lead");
  const causes = useTranslations("serviceHealth.cause");
  const format = useFormatter();
  const costText = useCostText();
  const troubleText = useTroubleText(data);
  switch (verdict.kind) {
    case "unwatched":
      return verdict.since === null
        ? t("never")
        : t("unwatchedSince", { time: format.dateTime(verdict.since, "minute") });
    case "trouble":
      return troubleText(verdict.incident);
    case "over": {
      const { openedAt, closedAt, causes: seen } = verdict.incident;
      return t("over", {
        from: format.dateTime(openedAt, "clock"),
        to: format.dateTime(closedAt ?? data.now, "clock"),
        cause: inSentence(causes(seen[0] ?? "unreachable")),
        cost: costText(verdict.incident),
      });
    }
    case "well": {
      const ended = data.incidents[0]?.closedAt;
      const last = ended ? t("lastTrouble", { time: format.relativeTime(ended, data.now) }) : t("noTrouble");
      return t("well", { last });
    }
  }
}

function useCostText() {
  const t = useTranslations("serviceHealth.lead");
  return ({ logins, people, closedAt }: Incident): string => {
    if (logins === null) return t("costHidden");
    return closedAt === null ? t("cost", { logins }) : t("costThen", { logins, people: people ?? 0 });
  };
}

/** Since when, whose it is, what it cost, and what to do. */
function useTroubleText({ lines }: ViewProps["data"]) {
  const t = useTranslations("serviceHealth.lead");
  const parts = useTranslations("serviceHealth.parts");
  const format = useFormatter();
  const costText = useCostText();
  const remedyOf = useRemedy();
  return (incident: Incident): string => {
    const { part, openedAt, causes } = incident;
    const values = { time: format.dateTime(openedAt, "clock"), cost: costText(incident) };
    const remedy = remedyOf(part, causes.at(-1) ?? "unreachable");
    const side = sideOf(incident);
    if (side === "ours") return `${t("ours", values)} ${remedy}`;
    const own = (["gateways", "unleash", "database"] as const).filter((one) =>
      lines.some(({ line, now }) => line === one && now === "trouble"),
    );
    if (own.length === 0) return `${t(side, { ...values, others: t("wellOthers") })} ${remedy}`;
    const others = format.list(own.map((one) => parts(one)));
    return `${t("bothSides", { ...values, others })} ${remedy}`;
  };
}
