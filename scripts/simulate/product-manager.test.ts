import { expect, test } from "vitest";
import type { Verdict } from "#lib/rollout-evidence/types.ts";
import { wishFor } from "./product-manager.ts";

test.each<[Verdict["decision"], Verdict["reason"], string | null]>([
  ["ask", "proven", "advance"],
  ["ask", "overdue", null],
  ["advance", "proven", null],
  ["hold", "cannot_tell", null],
  ["hold", "dwell", null],
  ["hold", "last_stage", "finish"],
  ["roll_back", "harm", null],
])("%s, %s: the script wishes %s", (decision, reason, kind) => {
  const verdict = { decision, reason } as Verdict;
  expect(wishFor({ verdict })?.kind ?? null).toBe(kind);
});
