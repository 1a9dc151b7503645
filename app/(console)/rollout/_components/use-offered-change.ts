import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { Act } from "#components/forms/types.ts";
import type { ApprovedLine, ChangeDone, OfferedChange } from "#components/rollout/act-words.ts";
import type { RolloutFacts } from "#lib/audit/types.ts";
import { formatLatency } from "#lib/format/numbers.ts";
import { wantedOf } from "#lib/rollout/rules.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { Offer, RolloutPageData } from "#lib/rollout-page/types.ts";
import { useReachWords } from "./use-reach-words.ts";
import { useStageNames } from "./use-stage-names.ts";

type Kind = OfferedChange["kind"];
type Possible = Extract<Offer, { ok: true }>;

/** The dialog of a change that can be made: its words, its figures and exactly what is approved. */
export function useOfferedChange(data: RolloutPageData) {
  const t = useTranslations("rollout.act");
  const history = useTranslations("rollout.history");
  const names = useStageNames();
  const factsOf = useFacts(data);
  const linesOf = useLines();
  const nameOf = (facts: RolloutFacts) =>
    facts.place === null && facts.exposurePercent === 0
      ? history("off")
      : names.inSentence(facts.exposurePercent);
  return (kind: Kind, offer: Possible, act: Act<ChangeDone>): OfferedChange => {
    const { difference, digest, reach } = offer;
    const { before, after } = difference;
    const [from, to] = [nameOf(before), nameOf(after)];
    // A start from everybody goes back to the early adopters first.
    const isLosing = kind === "back" || kind === "off" || (kind === "start" && reach.lose > reach.gain);
    const count = isLosing ? reach.lose : reach.gain;
    const isAbout = reach.estimated === "all" ? "yes" : "no";
    const words = { from, to, count, isAbout, rest: 100 - after.exposurePercent };
    const isMoving = kind !== "hold" && kind !== "resume" && kind !== "finish";
    return {
      kind,
      words: {
        opener: t(`${kind}.open`, words),
        title: t(`${kind}.title`, words),
        text: t(kind === "start" && isLosing ? "start.textLosing" : `${kind}.text`, words),
        keep: t(`${kind}.keep`, words),
        submit: t(`${kind}.submit`),
        busy: t(`${kind}.busy`),
        done: history(`kind.${difference.kind}`, words),
        facts: isMoving ? factsOf(offer, from) : [],
        lines: linesOf(before, after),
      },
      about: {
        version: data.standing.intent.version,
        digest,
        ...(kind === "back" ? { to: String(after.place ?? "") } : kind === "off" ? { to: "" } : {}),
      },
      act,
    };
  };
}

function useFacts({ lastDrill }: RolloutPageData) {
  const t = useTranslations("rollout");
  const format = useFormatter();
  const locale = useLocale();
  const reachWords = useReachWords();
  const number = (of: number) => format.number(of);
  return ({ reach, expected, difference }: Possible, from: string) => {
    const { count, outOfAll } = reachWords(reach);
    const facts = [
      {
        name: t("change.onPath"),
        value: t("change.arrow", {
          from: count(reach.before),
          to: outOfAll(reach.after),
        }),
      },
    ];
    if (expected !== null) {
      const [before, after] = expected.offered;
      facts.push({
        name: t("change.offered"),
        value: t("change.arrow", { from: number(before), to: number(after) }),
      });
    }
    if (difference.kind === "advance") {
      const time = lastDrill?.confirmedMs == null ? null : formatLatency(lastDrill.confirmedMs, locale);
      const value = time === null ? t("act.undoBack", { from }) : t("act.undoDrill", { from, time });
      facts.push({ name: t("act.undo"), value });
    }
    return facts;
  };
}

/** What Unleash shows now and then, line by line; a line that stays says so. */
function useLines() {
  const t = useTranslations("rollout.act");
  const stage = useTranslations("rollout.stage");
  return (before: RolloutFacts, after: RolloutFacts): ApprovedLine[] => {
    const line = (name: string, now: string, then: string): ApprovedLine => ({
      name,
      now,
      later: now === then ? null : then,
    });
    const [old, wanted] = [wantedOf(before), wantedOf(after)];
    const word = (isOn: boolean) => t(isOn ? "switch.on" : "switch.off");
    const percent = (of: number) => stage("percent", { percent: of });
    const cohort = (isIn: boolean) => t(isIn ? "yes" : "no");
    return [
      line(BIOMETRIC_LOGIN_FLAG, word(old.isOn), word(wanted.isOn)),
      line(t("rolloutOf"), percent(old.exposurePercent), percent(wanted.exposurePercent)),
      line(t("adopters"), cohort(before.offersEarlyAdopters), cohort(after.offersEarlyAdopters)),
    ];
  };
}
