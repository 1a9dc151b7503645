"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, Suspense, use } from "react";
import type { PolicyFigures, RuleToday } from "#lib/policies/types.ts";
import { RuleNote } from "./rule-note.tsx";

type RuleDayProps = Omit<ComponentProps<typeof RuleNote>, "note"> & {
  figures: Promise<PolicyFigures | null>;
  /** Of the line under the figure. */
  noteId: string;
};

/** What a rule did over the day, once it is counted; the note beneath answers to what is typed before, too. */
export function RuleDay(props: RuleDayProps) {
  return (
    <Suspense fallback={<Told {...props} today="counting" />}>
      <Counted {...props} />
    </Suspense>
  );
}

function Counted(props: RuleDayProps) {
  return <Told {...props} today={use(props.figures)?.today[props.rule] ?? "tooLong"} />;
}

function Told({ today, noteId, ...note }: RuleDayProps & { today: RuleToday | "counting" | "tooLong" }) {
  const t = useTranslations("policies.today");
  const isKnown = typeof today === "object";
  return (
    <>
      {isKnown ? t(today.did.text, today.did.values) : <span className="m">{t(today)}</span>}
      <small id={noteId}>
        <RuleNote {...note} note={isKnown ? today.note : null} />
      </small>
    </>
  );
}
