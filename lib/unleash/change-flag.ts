import type { AdminAnswer, AdminFailureCode, PatchOperation, UnleashAdmin } from "./admin.ts";
import { differencesOf } from "./differences.ts";
import { environmentPath, GRADUAL, readLiveFlag } from "./live-flag.ts";
import type { LiveFlag, WantedFlagState } from "./types.ts";

export type FlagChangeTrouble = AdminFailureCode | "not_as_seen" | "not_as_written";

/** `unknown`: a write was sent and nobody answered, or it did not read back: Unleash may have taken it. */
export type FlagChanged =
  | { ok: true; live: LiveFlag }
  | { ok: false; code: FlagChangeTrouble; outcome: "unchanged" | "unknown" };

/**
 * Leads the flag from the state that was seen to the one that is wanted, in the order in which it never shows more than the
 * wider of the two, and reads it back. It starts only from exactly the state seen. One at a time is the caller's to see to:
 * Unleash has no lock.
 */
export async function changeFlag(
  admin: UnleashAdmin,
  environment: string,
  seen: WantedFlagState,
  wanted: WantedFlagState,
): Promise<FlagChanged> {
  const before = await readLiveFlag(admin, environment);
  if (!before.ok) return { ok: false, code: before.code, outcome: "unchanged" };
  if (differencesOf(before.value, seen).length > 0)
    return { ok: false, code: "not_as_seen", outcome: "unchanged" };
  const gradual = before.value.strategies.find(({ title }) => title === GRADUAL);
  if (gradual === undefined) return { ok: false, code: "not_as_seen", outcome: "unchanged" };

  const path = environmentPath(environment);
  const steps: (() => Promise<AdminAnswer<unknown>>)[] = [];
  if (seen.isOn && !wanted.isOn) steps.push(() => admin.post(`${path}/off`));
  if (seen.exposurePercent !== wanted.exposurePercent) {
    const strategy = `${path}/strategies/${gradual.id}`;
    steps.push(() => setPercent(admin, strategy, seen.exposurePercent, wanted.exposurePercent));
  }
  if (!seen.isOn && wanted.isOn) {
    // Nothing is switched on that was not read back as it shall be.
    steps.push(() => readAs(admin, environment, { ...wanted, isOn: false }));
    steps.push(() => admin.post(`${path}/on`));
  }
  for (const [place, step] of steps.entries()) {
    const done = await step();
    if (done.ok) continue;
    return {
      ok: false,
      code: done.code,
      outcome: place === 0 && isSurelyRefused(done) ? "unchanged" : "unknown",
    };
  }
  const after = await readLiveFlag(admin, environment);
  if (!after.ok) return { ok: false, code: after.code, outcome: "unknown" };
  if (differencesOf(after.value, wanted).length > 0)
    return { ok: false, code: "not_as_written", outcome: "unknown" };
  return { ok: true, live: after.value };
}

async function readAs(
  admin: UnleashAdmin,
  environment: string,
  wanted: WantedFlagState,
): Promise<AdminAnswer<LiveFlag>> {
  const live = await readLiveFlag(admin, environment);
  if (!live.ok || differencesOf(live.value, wanted).length === 0) return live;
  return { ok: false, code: "conflict", status: null };
}

/** Switches the flag off for everybody whatever it looks like, as fast as Unleash takes it; nothing is read before. */
export async function switchFlagOff(admin: UnleashAdmin, environment: string): Promise<FlagChanged> {
  const done = await admin.post(`${environmentPath(environment)}/off`);
  if (!done.ok)
    return { ok: false, code: done.code, outcome: isSurelyRefused(done) ? "unchanged" : "unknown" };
  const after = await readLiveFlag(admin, environment);
  if (!after.ok) return { ok: false, code: after.code, outcome: "unknown" };
  return after.value.isOn
    ? { ok: false, code: "not_as_written", outcome: "unknown" }
    : { ok: true, live: after.value };
}

/** Values are strings: Unleash refuses numbers in a patch. The tests see an edit by somebody else since it was read. */
async function setPercent(
  admin: UnleashAdmin,
  strategy: string,
  from: number,
  to: number,
): Promise<AdminAnswer<null>> {
  const change: PatchOperation = { op: "replace", path: "/parameters/rollout", value: String(to) };
  const done = await admin.patch(strategy, [
    { op: "test", path: "/parameters/rollout", value: String(from) },
    { op: "test", path: "/disabled", value: false },
    change,
  ]);
  // Unleash 6 refuses tests as such. It was read a moment ago, and is read back.
  return !done.ok && done.code === "request_refused" ? admin.patch(strategy, [change]) : done;
}

/** A refusal had no effect; a timeout, a broken line or a mistake of the server may have had one. */
export function isSurelyRefused({ code }: Extract<AdminAnswer<null>, { ok: false }>): boolean {
  return ["token_refused", "not_found", "already_exists", "conflict", "request_refused"].includes(code);
}
