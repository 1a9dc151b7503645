import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FORMATS } from "#lib/i18n/formats.ts";
import { FORMAT_LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import type { Verification } from "#lib/verifications/types.ts";
import { FingersCompared } from "./fingers-compared.tsx";
import { VerificationSteps } from "./verification-steps.tsx";

const at = new Date("2026-03-13T15:54:06Z");
const policy = { version: 12, values: DEFAULT_POLICY_VALUES, changedAt: new Date("2026-03-06T12:00:00Z") };
const enrolled = {
  face: true,
  fingers: [1, 2, 6, 7],
  confirmedAt: new Date("2026-03-09T23:14:00Z"),
} as const;
const noTimes = { qualityMs: null, livenessMs: null, verifyMs: null, diagnosisMs: null };

const matched: Verification = {
  ...{
    id: "v",
    openedAt: at,
    at,
    loginId: "l",
    loginOutcome: null,
    application: null,
    subject: { state: "unknown" },
  },
  ...{ source: "gateway", modality: "face", outcome: "matched", reason: "matched", channel: "web" },
  ...{ attempt: 1, decision: "approved", feedbackCode: "welcome", deviceClass: "desktop_windows" },
  ...{
    purpose: "login",
    exposurePercent: 25,
    policyVersion: 12,
    actor: "Sample application",
    gateway: "gw-b",
  },
  ...{ apiOperation: "verify", apiStatus: 200, apiMessage: null, apiTries: 1, apiLatencyMs: 604 },
  ...{ faceMatched: true, fingersSent: [], fingersNotMatched: [], fingersListed: [] },
  ...{ bucket: 8, failuresBefore: 2, feedbackLocale: "pt-BR" },
  ...{ ...noTimes, decidedMs: 3, verifyMs: 604, judgedMs: 608 },
};

const fingers: Partial<Verification> = {
  ...{
    modality: "fingers",
    outcome: "not_matched",
    reason: "fingers_not_matched",
    decision: "retry_capture",
  },
  ...{ feedbackCode: "finger_not_matched", faceMatched: null },
  ...{ fingersSent: [2, 7], fingersNotMatched: [2], fingersListed: [1, 2, 3, 4, 5, 6, 8, 9, 10] },
};
const failed = { outcome: "api_error", decision: "use_legacy", faceMatched: null } as const;

function textOf(more: Partial<Verification>, locale: Locale = "en"): string {
  const verification = { ...matched, ...more };
  const facts = { ...enrolled, fingers: [...enrolled.fingers] };
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={FORMAT_LOCALES[locale]}
      messages={MESSAGES[locale]}
      timeZone="America/Sao_Paulo"
      formats={FORMATS}
      onError={(error) => {
        throw error;
      }}
    >
      <VerificationSteps verification={verification} policy={policy} enrolled={facts} />
      <FingersCompared verification={verification} enrolled={facts} />
    </NextIntlClientProvider>,
  );
  return markup.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0]+/g, " ");
}

describe("one verification tells, step by step,", () => {
  test("a match: on which facts, and where the time went", () => {
    const text = textOf({});
    expect(text).toContain("608 ms until the judgement, 604 ms of them waiting for the API");
    expect(text).toContain("stage 25 %, bucket 8 of 100");
    expect(text).toContain("Face and 4 fingers as known here");
    expect(text).toContain("2 of 5 failures in a row");
    expect(text).toContain("200 POST /multibiometrics/verify");
    expect(text).toContain("Match: true ; the face matched");
    expect(text).toContain("policy 12 of 6 Mar 2026; try 1 of 3");
  });

  test("fingers that did not match, of those sent alone", () => {
    const text = textOf(fingers);
    expect(text).toContain("Match: false ; 1 of 2 fingers sent is listed");
    expect(text).toContain("All fingers sent must match");
    expect(text).toContain("2 tries left; password open");
    expect(text).toContain("NonMatchedFingers lists 9 fingers; 8 of them were never sent and say nothing");
    expect(text).toContain("1, 6 yes no yes Says nothing");
  });

  test("a picture too dark: what the API said, and what was asked afterwards", () => {
    const text = textOf({
      ...{ outcome: "capture_refused", reason: "too_dark", decision: "retry_capture", faceMatched: null },
      ...{ apiStatus: 400, apiMessage: "Failed to extract face template", verifyMs: 60, diagnosisMs: 90 },
    });
    expect(text).toContain(
      "400 POST /multibiometrics/verify first attempt, no retry; “Failed to extract face template”",
    );
    expect(text).toContain("What is wrong Too dark faces and quality asked afterwards");
    expect(text).toContain("A bad picture rejects nobody");
  });

  test("a picture refused before any call", () => {
    const text = textOf({
      ...{
        outcome: "capture_refused",
        reason: "image_invalid",
        decision: "retry_capture",
        faceMatched: null,
      },
      ...{
        apiOperation: null,
        apiStatus: null,
        apiTries: 0,
        apiLatencyMs: null,
        verifyMs: null,
        judgedMs: 3,
      },
    });
    expect(text).toContain("the API was not asked");
    expect(text).toContain("refused before any call; nothing was sent to the API");
    expect(text).toContain("Not asked the capture was refused before");
  });

  test("a quality check that refused, with its own call", () => {
    const text = textOf({
      ...{ outcome: "capture_refused", reason: "blurred", decision: "retry_capture", faceMatched: null },
      ...{ apiOperation: "check_icao", verifyMs: null, qualityMs: 140 },
    });
    expect(text).toContain("Blurred 200 POST /quality/check_icao");
    expect(text).toContain("Not asked the capture was refused before");
  });

  test("the API down: how often it was asked, and that no answer came", () => {
    const text = textOf({ ...failed, reason: "api_timed_out", apiStatus: null, apiTries: 2 });
    expect(text).toContain("No answer POST /multibiometrics/verify 2 attempts");
    expect(text).toContain("Nothing to read API timed out");
    expect(text).toContain("Trouble at the API costs no login");
  });

  test("an answer that cannot be read", () => {
    const text = textOf({ ...failed, reason: "api_answer_unreadable" });
    expect(text).toContain("Unreadable an answer came, but not one that the API documents");
  });

  test("an open circuit: nothing was asked, and no time is made up", () => {
    const text = textOf({
      ...failed,
      ...{
        reason: "api_circuit_open",
        apiStatus: null,
        apiTries: 0,
        apiLatencyMs: 0,
        verifyMs: null,
        judgedMs: 3,
      },
    });
    expect(text).toContain("3 ms until the judgement; the API was not asked");
    expect(text).toContain("Not asked circuit open");
  });

  test("a record from before the steps were timed: what is not known is said, not invented", () => {
    const text = textOf({
      ...noTimes,
      ...{ decidedMs: null, judgedMs: null, failuresBefore: null, bucket: null, feedbackLocale: null },
    });
    expect(text).toContain("604 ms waiting for the API; the time of the single steps was not recorded then");
    expect(text).toContain("failures in a row not recorded");
    expect(text).toContain("stage 25 % ");
  });

  test("a check by staff: no flag, no guards, no answer to a person", () => {
    const text = textOf({ source: "console", loginId: null });
    expect(text).not.toMatch(/Flag|Guards|Answer given/);
    expect(text).toContain("no try is counted");
  });

  test("the same in Portuguese", () => {
    const text = textOf(fingers, "pt-BR");
    expect(text).toContain("1 de 2 dedos enviados está na lista");
    expect(text).toContain("Todos os dedos enviados precisam conferir");
    expect(text).toContain("restam 2 tentativas; senha aberta");
  });
});
