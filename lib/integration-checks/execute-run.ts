import { randomBytes } from "node:crypto";
import { planFor } from "#lib/contract-checks/catalogue.ts";
import { type Lab, openLab, type TestIds } from "#lib/contract-checks/lab.ts";
import { makeCheck } from "#lib/contract-checks/make-check.ts";
import type { CheckId, Verdict } from "#lib/contract-checks/types.ts";
import { eraseTestPeople } from "./erase-test-people.ts";
import { recordIntent, recordResult } from "./record-result.ts";
import { confirmAnswer, registerTestPerson } from "./register-test-person.ts";
import { TEST_ID_PREFIX } from "./rules.ts";
import { settleRun } from "./settle-run.ts";
import { touchRun, touchStart } from "./touch-run.ts";
import type { RunDesk, RunRow } from "./types.ts";

type Ended = "finished" | "stopped" | "lost" | "cut_off";

/**
 * Makes a run that was asked for, check by check, each written down before its first call and after its last; then its
 * test people are deleted. Whoever calls holds the lock of runs. `lost`: somebody else has it, or ended it. Throws what
 * PostgreSQL throws when it is away; the run is then settled, and its people deleted, by whoever holds the lock next.
 */
export async function executeRun(
  desk: RunDesk,
  run: Pick<RunRow, "id" | "origin" | "kind">,
  onResult: (checkId: CheckId, verdict: Verdict) => void = () => undefined,
): Promise<Ended> {
  const { db, clock } = desk;
  if (!(await touchStart(db, run.id, clock()))) return "lost";
  const lab = await openLab({
    address: desk.address,
    ids: makeIds(),
    ...(desk.signal ? { signal: desk.signal } : {}),
    beforeEnrol: (customId) => registerTestPerson(db, { customId, runId: run.id }, clock()),
    afterEnrol: (customId) => confirmAnswer(db, customId, clock()),
  });
  try {
    const ended = await makeAll(desk, lab, run, onResult);
    // A process that is told to end has no time to clear up: the next one does.
    if (ended === "lost" || ended === "cut_off") return ended;
    await eraseTestPeople(desk, run.origin, run.id);
    return (await settleRun(db, run.id, ended, clock())) ? ended : "lost";
  } finally {
    await lab.close();
  }
}

async function makeAll(
  { db, clock, signal }: RunDesk,
  lab: Lab,
  run: Pick<RunRow, "id" | "origin" | "kind">,
  onResult: (checkId: CheckId, verdict: Verdict) => void,
): Promise<Ended> {
  const verdicts = new Map<CheckId, Verdict>();
  for (const [place, check] of planFor(run.kind).checks.entries()) {
    const heard = await touchRun(db, run.id, clock());
    if (heard === "lost") return "lost";
    if (heard === "stop") return "stopped";
    const about = { runId: run.id, origin: run.origin, checkId: check.id, place };
    await recordIntent(db, about, clock());
    const end = await makeCheck(check, lab, verdicts);
    // What was cut off by our own end says nothing about the API.
    if (signal?.aborted) return "cut_off";
    await recordResult(db, about, end, clock());
    verdicts.set(check.id, end.verdict);
    onResult(check.id, end.verdict);
  }
  return "finished";
}

/** CustomIDs that nobody else has: 48 random bits of this run. */
function makeIds(): TestIds {
  const mark = `${TEST_ID_PREFIX}${randomBytes(6).toString("hex")}`;
  return { main: `${mark}-a`, black: `${mark}-b`, half: `${mark}-c`, nobody: `${mark}-d` };
}
