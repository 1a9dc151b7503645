import { describe, expect, test } from "vitest";
import { LOCALES } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import {
  DECISIONS,
  DEVICE_CLASSES,
  LOGIN_OUTCOMES,
  MODALITIES,
  SOURCES,
  VERIFICATION_OUTCOMES,
  VERIFICATION_REASONS,
} from "#lib/logins/schema.ts";
import { FACET_NAMES } from "#lib/verifications/types.ts";
import { LOGIN_LOOKS } from "./login-look.ts";
import { lookOf } from "./reason-look.ts";

/** Each closed union, and every room of texts that says something for each of its values. */
describe.each(LOCALES)("in %s there are words for", (locale) => {
  const { terms, verifications, verification } = MESSAGES[locale];
  test.each([
    ["each reason in list and facets", VERIFICATION_REASONS, terms.verificationReason],
    ["what each reason means", VERIFICATION_REASONS, verifications.happened],
    ["what to do about each reason", VERIFICATION_REASONS, verifications.remedy],
    ["each outcome", VERIFICATION_OUTCOMES, terms.verificationOutcome],
    [
      "the rule behind each outcome",
      VERIFICATION_OUTCOMES.filter((outcome) => outcome !== "not_matched"),
      verification.rule,
    ],
    ["the rule behind each kind of no match", ["different_person", "fingers_not_matched"], verification.rule],
    ["each decision", DECISIONS, terms.decision],
    ["what each decision means for the person", DECISIONS, verification.told],
    ["how each login ended", LOGIN_OUTCOMES, verifications.ended],
    ["each end of a login in the rail", LOGIN_OUTCOMES, terms.loginOutcome],
    ["each modality", MODALITIES, terms.modality],
    ["each source", SOURCES, terms.source],
    ["each device class", DEVICE_CLASSES, terms.deviceClass],
    ["each facet", FACET_NAMES, verifications.facet],
  ] as [string, readonly string[], Record<string, string>][])("%s", (_, values, texts) => {
    const without = values.filter((value) => (texts[value] ?? "").trim() === "");
    expect(without).toEqual([]);
  });

  test("no two reasons by the same words", () => {
    const texts = VERIFICATION_REASONS.map((reason) => terms.verificationReason[reason]);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

test("every outcome and reason has a look, ranked by the outcome", () => {
  for (const outcome of VERIFICATION_OUTCOMES)
    for (const reason of VERIFICATION_REASONS) {
      const { kind, icon } = lookOf(outcome, reason);
      expect(icon, `${outcome} ${reason}`).toBeDefined();
      expect(kind).toBe(lookOf(outcome, "matched").kind);
    }
});

test.each(LOGIN_OUTCOMES)("a login that ended as %s has a look", (outcome) => {
  expect(LOGIN_LOOKS[outcome].icon).toBeDefined();
});
