"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { StepHead } from "./step-head.tsx";
import type { TesterState } from "./use-tester.ts";

type ClosedLinkProps = {
  why: Extract<TesterState, { step: "closed" }>["why"];
  /** How many enrolments the API may still hold. */
  left: number;
  begin(): void;
};

/** Why the link opens nothing, what to do next, and whether the API has confirmed that nothing is left of the tester. */
export function ClosedLink({ why, left, begin }: ClosedLinkProps) {
  const t = useTranslations("tester.closed");
  const common = useTranslations("common");
  const mayHaveEnrolled = !["unknown", "missing", "unavailable", "other_api"].includes(why);
  return (
    <>
      <StepHead title={t(`${why}.title`)} text={t(`${why}.text`)} />
      <div role="status">
        {mayHaveEnrolled ? (
          <Note tone={left > 0 ? "warn" : "ok"}>{t(left > 0 ? "deleting" : "deleted")}</Note>
        ) : null}
      </div>
      {why === "unavailable" ? (
        <Button look="primary" wide onClick={begin}>
          {common("tryAgain")}
        </Button>
      ) : null}
    </>
  );
}
