import { expect, test } from "vitest";
import { legalBasisSchema } from "#lib/people/schema.ts";
import { RIGHTS } from "#lib/requests/types.ts";
import { goesOf, groundsOf, isByConsent, staysOf } from "./rules.ts";

test.each([
  ["erasure", "lgpd_11_i_consent", ["lgpd"], ["LGPD art. 18 VI"]],
  ["erasure", "lgpd_11_ii_a_legal_obligation", ["lgpd"], ["LGPD art. 18 IV"]],
  ["erasure", "gdpr_9_2_a_consent", ["gdpr"], ["GDPR art. 17(1)(b)"]],
  ["erasure", "gdpr_9_2_g_public_interest", ["gdpr"], ["GDPR art. 17(1)"]],
  ["erasure", "lgpd_11_i_consent", ["gdpr"], ["GDPR art. 17(1)(b)"]],
  ["erasure", "lgpd_11_ii_g_fraud_prevention", ["lgpd", "gdpr"], ["LGPD art. 18 IV", "GDPR art. 17(1)"]],
  ["erasure", null, ["gdpr"], ["GDPR art. 17(1)(b)"]],
  ["consent_withdrawal", "gdpr_9_2_a_consent", ["gdpr"], ["GDPR art. 7(3), 17(1)(b)"]],
  ["block", "lgpd_11_i_consent", ["lgpd"], ["LGPD art. 18 IV"]],
  ["access", "lgpd_11_i_consent", ["gdpr"], ["GDPR art. 15"]],
  ["rectification", "gdpr_9_2_g_public_interest", ["lgpd"], ["LGPD art. 18 III"]],
  ["deletion", "lgpd_11_i_consent", ["lgpd", "gdpr"], ["LGPD art. 16", "GDPR art. 5(1)(d), (e)"]],
] as const)(
  "a request for %s of what is held on %s under %s goes by %s",
  (right, legalBasis, regimes, articles) => {
    expect(groundsOf({ right, regimes, legalBasis })).toEqual(articles);
  },
);

test("art. 18 VI is named for the erasure of no record that does not rest on consent", () => {
  for (const legalBasis of legalBasisSchema.options.filter((one) => !isByConsent(one)))
    expect(groundsOf({ right: "erasure", regimes: ["lgpd"], legalBasis }).join()).not.toContain("18 VI");
});

test("no law is cited but those that apply", () => {
  for (const right of RIGHTS)
    for (const legalBasis of [...legalBasisSchema.options, null]) {
      expect(groundsOf({ right, regimes: ["gdpr"], legalBasis }).join()).not.toContain("LGPD");
      expect(groundsOf({ right, regimes: ["lgpd"], legalBasis }).join()).not.toContain("GDPR");
    }
});

const HELD = {
  legalBasis: "lgpd_11_i_consent",
  face: true,
  fingers: 0,
  mapping: 2,
  earlyAdopter: 1,
  sealedKeys: 0,
  auditEntries: 12,
  history: 40,
  attempts: 1,
  historyDays: 400,
} as const;

test.each([
  [["lgpd"], ["LGPD art. 18 VI"], ["LGPD art. 12", "LGPD art. 8 §2, 16 I", "LGPD art. 37"]],
  [["gdpr"], ["GDPR art. 17(1)(b)"], ["GDPR art. 11(1)", "GDPR art. 7(1), 17(3)(e)", "GDPR art. 5(2), 30"]],
] as const)("what goes and what stays under %s is cited by no other law", (regimes, goes, stays) => {
  const asked = { right: "erasure", regimes } as const;
  expect([...new Set(goesOf(asked, HELD).map(({ article }) => article))]).toEqual(goes);
  expect(staysOf(asked, HELD).map(({ article }) => article)).toEqual(stays);
});

test("of what stays only the history has an end, and it hangs on the rule and not on the day", () => {
  const kept = staysOf({ right: "erasure", regimes: ["lgpd"] }, HELD).map(({ kind, keptDays }) => [
    kind,
    keptDays,
  ]);
  expect(kept).toEqual([
    ["history", 400],
    ["enrolment_attempts", null],
    ["audit_entries", null],
  ]);
});
