import { expect, test } from "vitest";
import { legalBasisSchema } from "#lib/people/schema.ts";
import { RIGHTS } from "#lib/requests/types.ts";
import { groundFor, isByConsent } from "./rules.ts";

test.each([
  ["erasure", "lgpd_11_i_consent", "LGPD art. 18 VI", "whole", null],
  ["erasure", "lgpd_11_ii_a_legal_obligation", "LGPD art. 18 IV", "unneeded", "legal_obligation"],
  ["erasure", "lgpd_11_ii_d_exercise_of_rights", "LGPD art. 18 IV", "unneeded", "exercise_of_rights"],
  ["erasure", "lgpd_11_ii_g_fraud_prevention", "LGPD art. 18 IV", "unneeded", "fraud_prevention"],
  ["erasure", "gdpr_9_2_a_consent", "GDPR art. 17(1)(b)", "whole", null],
  ["erasure", "gdpr_9_2_g_public_interest", "GDPR art. 17(1)", "unneeded", "legal_obligation"],
  ["erasure", null, "LGPD art. 18 VI", "whole", null],
  ["consent_withdrawal", "lgpd_11_i_consent", "LGPD art. 8 §5, 18 VI", "whole", null],
  [
    "consent_withdrawal",
    "lgpd_11_ii_g_fraud_prevention",
    "LGPD art. 8 §5, 18 VI",
    "no_consent",
    "fraud_prevention",
  ],
  ["consent_withdrawal", "gdpr_9_2_a_consent", "GDPR art. 7(3), 17(1)(b)", "whole", null],
  ["block", "lgpd_11_i_consent", "LGPD art. 18 IV", "unneeded", null],
  ["access", "lgpd_11_ii_g_fraud_prevention", "LGPD art. 19 II", "whole", null],
  ["rectification", "gdpr_9_2_g_public_interest", "GDPR art. 16", "whole", null],
  ["deletion", "lgpd_11_ii_a_legal_obligation", "LGPD art. 16", "whole", null],
] as const)("a request for %s of what is held on %s goes by %s", (right, basis, article, reach, keptFor) => {
  expect(groundFor(right, basis)).toEqual({ article, reach, keptFor });
});

test("art. 18 VI is named for no record that does not rest on consent", () => {
  for (const basis of legalBasisSchema.options.filter((one) => !isByConsent(one)))
    expect(groundFor("erasure", basis).article).not.toContain("18 VI");
});

test("a right that reaches the whole record leaves nothing to keep it for", () => {
  for (const right of RIGHTS)
    for (const basis of [...legalBasisSchema.options, null]) {
      const { reach, keptFor } = groundFor(right, basis);
      if (reach === "whole") expect([right, basis, keptFor]).toEqual([right, basis, null]);
    }
});
