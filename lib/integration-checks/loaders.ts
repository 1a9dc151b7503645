import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { planFor } from "#lib/contract-checks/catalogue.ts";
import { ASSUMED, isDifferent } from "#lib/contract-checks/rules.ts";
import { FACTS } from "#lib/contract-checks/types.ts";
import {
  countResults,
  countTestPeople,
  findMemberName,
  findObserved,
  findOpenRun,
  listResults,
  listRuns,
} from "./queries.ts";
import { changedVerdicts, countVerdicts, stampOf, verdictsOf } from "./rules.ts";
import type { RunRow, ShownCheck, ShownFact } from "./types.ts";

/** Whether the integration is right: the newest run, check by check, beside the one before, and what was learnt of the API. */
export async function loadIntegration() {
  const viewer = await requireViewer("integration.read");
  const db = consoleDatabase();
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = await findStamp();
  const api = checkedApi();
  const [runs, open, observed] = await Promise.all([
    listRuns(db, api.origin, 10),
    findOpenRun(db),
    findObserved(db, api.origin),
  ]);
  const run = runs[0] ?? null;
  const results = run === null ? [] : await listResults(db, run.id);
  const before = runs.slice(1).find(({ state }) => state === "finished") ?? null;
  const resultsBefore = before === null ? null : await listResults(db, before.id);
  const { checks, calls, testPeople } = planFor(api.kind);
  return {
    api,
    run,
    askedBy: run?.askedBy == null ? null : await findMemberName(db, run.askedBy),
    isBusy: open !== null,
    plan: { checks: checks.length, calls, testPeople },
    checks: shownChecks(run, results),
    counts: countVerdicts(results),
    changed: resultsBefore && changedVerdicts(verdictsOf(results), verdictsOf(resultsBefore)),
    people: run === null ? { made: 0, left: 0 } : await countTestPeople(db, run.id),
    facts: FACTS.map((fact): ShownFact => {
      const seen = observed.get(fact) ?? null;
      const different = seen !== null && isDifferent(seen);
      return { fact, assumed: ASSUMED[fact], observed: seen?.value ?? null, isDifferent: different };
    }),
    stamp,
    mayRun: grantOf(viewer.role, "integration.run") !== null,
  };
}

export type IntegrationData = Awaited<ReturnType<typeof loadIntegration>>;

function shownChecks(run: RunRow | null, results: Awaited<ReturnType<typeof listResults>>): ShownCheck[] {
  if (run === null) return [];
  const made = new Map(results.map((result) => [result.checkId, result]));
  return planFor(run.kind).checks.map(({ id, group, call }) => {
    return { id, group, call, result: made.get(id) ?? null };
  });
}

/** What changes whenever a run goes on, for a page in view that follows along. No use of the session. */
export async function loadIntegrationStamp(): Promise<string> {
  await requireCaller("integration.read", { isUse: false });
  return findStamp();
}

async function findStamp(): Promise<string> {
  const db = consoleDatabase();
  const [run] = await listRuns(db, checkedApi().origin, 1);
  if (run === undefined) return "";
  return stampOf(run, await countResults(db, run.id), (await countTestPeople(db, run.id)).left);
}
