"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Note } from "#components/ui/note.tsx";
import type { RecaptureResult } from "#lib/enrolments/types.ts";
import type { Recaptured } from "./person-acts.ts";
import { useEnrolmentReason } from "./use-enrolment-reason.ts";

const TONES: Partial<Record<RecaptureResult["code"], "ok" | "bad">> = {
  succeeded: "ok",
  spoof_suspected: "bad",
  api_unavailable: "bad",
};

/** What came of a recapture in plain words: what is in use now, and what to do. */
export function RecaptureNote({ recaptured }: { recaptured: Recaptured }) {
  if (!recaptured.ok) return <ActFailure isLive error={recaptured.error} />;
  return <Outcome result={recaptured.data} />;
}

function Outcome({ result: { code, reason, face, fingers, at } }: { result: RecaptureResult }) {
  const t = useTranslations("people.person.recapture");
  const remedies = useTranslations("verifications.remedy");
  const format = useFormatter();
  const reasonText = useEnrolmentReason();
  const known = reason as Parameters<typeof remedies>[0];
  return (
    <Note tone={TONES[code] ?? "warn"}>
      <b>
        {t(`result.${code}.title`, {
          what: face ? (fingers.length > 0 ? "both" : "face") : "fingers",
          count: fingers.length,
        })}
      </b>{" "}
      {reason === null || code === "person_unknown_at_api" ? null : `${reasonText(reason)}. `}
      {code === "capture_refused" && reason !== null && remedies.has(known)
        ? remedies(known)
        : t(`result.${code}.text`)}
      <br />
      <span className="small m2">{t("recorded", { at: format.dateTime(at, "clock") })}</span>
    </Note>
  );
}
