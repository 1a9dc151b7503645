import type { Check } from "./check.ts";
import type { Lab } from "./lab.ts";
import type { CheckEnd, CheckId, Verdict } from "./types.ts";

const STANDS: ReadonlySet<Verdict> = new Set(["pass", "differs"]);

/** Makes one check, or says why it was not tried. Throws only what the lab's own writing down throws. */
export async function makeCheck(
  check: Check,
  lab: Lab,
  before: ReadonlyMap<CheckId, Verdict>,
): Promise<CheckEnd> {
  const nothing = { code: null, exchanges: [], decisive: null, tookMs: 0, observed: [] };
  if (check.needs.some((id) => !STANDS.has(before.get(id) ?? "not_tried")))
    return { verdict: "not_tried", findings: ["needs_earlier"], ...nothing };
  const startedMs = performance.now();
  const judged = await check.make(lab);
  const notes = lab.takeNotes();
  return {
    verdict: judged.verdict,
    findings: judged.findings,
    code: judged.code ?? null,
    ...notes,
    decisive: notes.exchanges.length === 0 ? null : (judged.decisive ?? notes.exchanges.length - 1),
    tookMs: Math.round(performance.now() - startedMs),
  };
}
