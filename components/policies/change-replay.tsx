"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReplayFact, RuleChange } from "#lib/policies/types.ts";
import type { ReplayState } from "./use-replay.ts";
import { useRuleText } from "./use-rule-text.ts";

type ChangeReplayProps = { change: RuleChange; replay: ReplayState };

/** One change, before and after, with everything the last day tells of it. */
export function ChangeReplay({ change, replay }: ChangeReplayProps) {
  const text = useRuleText();
  const facts =
    replay.kind === "told" ? replay.replay.replays.find(({ rule }) => rule === change.rule)?.facts : [];
  return (
    <div className="change">
      <p className="change-name">{text.change(change)}</p>
      <dl className="dl">
        {facts?.map((fact) => (
          <Fact key={fact.figure} {...fact} />
        ))}
      </dl>
    </div>
  );
}

function Fact({ figure, before, after }: ReplayFact) {
  const t = useTranslations("policies");
  const text = useRuleText();
  const told = text.told(after);
  const isKnown = after.kind !== "unknown";
  return (
    <>
      <dt>{t(`figure.${figure}`)}</dt>
      <dd>{before !== null && isKnown ? t("fromTo", { before, after: told }) : told}</dd>
    </>
  );
}

/** What the replay rests on; and that several changes were each replayed as if it were the only one. */
export function ReplayBase({ replay, isSeveral }: { replay: ReplayState; isSeveral: boolean }) {
  const t = useTranslations("policies.replay");
  const format = useFormatter();
  if (replay.kind === "none") return null;
  if (replay.kind !== "told") return <p className="small m">{t(replay.kind)}</p>;
  const { tries, isWhole, from } = replay.replay.seen;
  return (
    <p className="small m">
      {t(isWhole ? "whole" : "part", { tries, time: format.dateTime(new Date(from), "minute") })}{" "}
      {isSeveral ? t("alone") : null}
    </p>
  );
}
