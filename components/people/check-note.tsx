"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { VerificationOutcome } from "#lib/logins/schema.ts";
import type { CheckResult } from "#lib/verifications/types.ts";

const TONES: Record<VerificationOutcome, "ok" | "warn" | "bad"> = {
  matched: "ok",
  not_matched: "warn",
  capture_refused: "warn",
  spoof_suspected: "bad",
  api_error: "bad",
};

/** What came of a check in plain words: the result, why, what to do, and how long the API took. */
export function CheckNote({ result: { outcome, reason, apiLatencyMs } }: { result: CheckResult }) {
  const t = useTranslations("people.person.verify");
  const words = useTranslations("verifications");
  const format = useFormatter();
  return (
    <Note tone={TONES[outcome]}>
      <b>{t(`result.${outcome}`)}</b> {words(`happened.${reason}`)}.
      {outcome === "matched" ? null : (
        <>
          <br />
          {words(`remedy.${reason}`)}
        </>
      )}
      <br />
      <span className="small m2">
        {t("took", {
          ms: apiLatencyMs === null ? "none" : "known",
          msText: format.number(apiLatencyMs ?? 0),
        })}{" "}
        {t("recorded")}
      </span>
    </Note>
  );
}
