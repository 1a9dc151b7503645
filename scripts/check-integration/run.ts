import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { systemClock } from "#lib/clock.ts";
import { planFor } from "#lib/contract-checks/catalogue.ts";
import { closeLostRuns } from "#lib/integration-checks/close-lost-runs.ts";
import { executeRun } from "#lib/integration-checks/execute-run.ts";
import { openRun } from "#lib/integration-checks/open-run.ts";
import { countTestPeople, findObserved, findOpenRun, listResults } from "#lib/integration-checks/queries.ts";
import { checkedApiOf, countVerdicts, isRight, RUN_LOCK } from "#lib/integration-checks/rules.ts";
import type { CheckedApi, RunDesk } from "#lib/integration-checks/types.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { CannotSeed } from "../seed/arguments.ts";
import type { OpenInstallation } from "../seed/open-installation.ts";
import { say } from "../supervisor/print.ts";
import { differenceLines, resultLines } from "./report.ts";

const SYSTEM = { id: null, role: "system" } as const;

/** 0: right; 1: something fails; 2: not made. */
export type ExitCode = 0 | 1 | 2;

/**
 * Makes one run of the checks in this process, after it put right what an earlier one left, and prints it.
 * @throws CannotSeed where another run is being made or waits.
 */
export async function checkIntegration(
  { site, database }: Pick<OpenInstallation, "site" | "database">,
  agree: (question: string) => Promise<boolean>,
): Promise<ExitCode> {
  const address = site.multibiometrics;
  const checked = checkedApiOf(address);
  const api = createMultibiometrics(address);
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  const desk: RunDesk = {
    db: database.db,
    address,
    api,
    clock: systemClock,
    signal: stop.signal,
    quietMs: 60_000 + address.totalTimeoutMs,
  };
  try {
    return await database.sql.begin(async (tx) => {
      await takeLock(tx);
      const left = await closeLostRuns(desk, checked.origin);
      if (left > 0)
        say(`Test people of an earlier run that may still be at the API: ${left}. The worker goes on.`);
      const plan = planFor(checked.kind);
      const question = `${plan.checks.length} checks at ${checked.origin} (${checked.kind}, key …${checked.keyEnd}) make at most ${plan.calls} calls of your plan and ${plan.testPeople} test people, which are deleted again. Go on?`;
      if (!(await agree(question))) return 2;
      return makeRun(desk, database.db, checked);
    });
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    await api.close();
  }
}

/** The worker holds the same lock while it makes a run. */
async function takeLock(tx: TransactionSql): Promise<void> {
  const [row] = await tx<{ isOurs: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtext('gatehouse-worker'), hashtext(${RUN_LOCK})) as "isOurs"`;
  if (row?.isOurs) return;
  throw new CannotSeed("The worker is at the checks just now. Wait until its run has ended, then try again.");
}

async function makeRun(desk: RunDesk, db: Database, checked: CheckedApi): Promise<ExitCode> {
  const waiting = await findOpenRun(db);
  if (waiting !== null)
    throw new CannotSeed(
      "A run that was asked for in the console waits for the worker, which makes it first.",
    );
  const opened = await openRun(db, checked, SYSTEM, desk.clock());
  if (!opened.ok)
    throw new CannotSeed("Another run was asked for in this moment. Try again when it has ended.");
  const ended = await executeRun(desk, { id: opened.runId, ...checked });
  const results = await listResults(db, opened.runId);
  for (const line of resultLines(results)) say(line);
  for (const line of differenceLines(await findObserved(db, checked.origin))) say(line);
  const { left } = await countTestPeople(db, opened.runId);
  if (left > 0)
    say(`Test people that may still be at the API: ${left}. The worker, or the next run, deletes them.`);
  if (ended !== "finished") {
    say("The run was stopped before its end.");
    return 2;
  }
  const counts = countVerdicts(results);
  say(
    `${counts.pass} pass, ${counts.differs} differ from the guide and are handled, ${counts.fail} fail, ` +
      `${counts.not_in_plan} are not in your plan, ${counts.not_tried} were not tried.`,
  );
  return isRight(counts) ? 0 : 1;
}
