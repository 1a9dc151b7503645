import { CATALOGUE } from "#lib/contract-checks/catalogue.ts";
import { type ApiKind, type CheckId, VERDICTS, type Verdict } from "#lib/contract-checks/types.ts";
import { endOfKey } from "#lib/multibiometrics/end-of-key.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import type { CheckedApi, ResultRow, RunRow, VerdictCounts } from "./types.ts";

/** Every CustomID of a test person begins with it, and nobody else's may. */
export const TEST_ID_PREFIX = "gatehouse-check-";

/** Lock of the database that whoever makes a run, or clears up after one, holds: one at a time on however many machines. */
export const RUN_LOCK = "run-integration-checks";

/** A run against another API waits so long for whoever is set to that one; then it stands in the way of every other. */
const WAITS_FOR_ANOTHER_MS = 10 * 60_000;

/** Whether nobody makes an open run any more, as whoever holds the lock of runs and is set to `origin` sees it. */
export function isLostRun(
  run: Pick<RunRow, "state" | "origin" | "askedAt">,
  origin: string,
  now: Date,
): boolean {
  if (run.state === "running") return true;
  return run.origin !== origin && now.getTime() - run.askedAt.getTime() >= WAITS_FOR_ANOTHER_MS;
}

/** What checks are made against, as the settings say it. */
export const checkedApiOf = ({
  url,
  kind,
  apiKey,
}: {
  url: string;
  kind: ApiKind;
  apiKey: string;
}): CheckedApi => ({ origin: originOf(url), kind, keyEnd: endOfKey(apiKey) });

/** How many checks of a run ended in each verdict. */
export function countVerdicts(results: readonly Pick<ResultRow, "verdict">[]): VerdictCounts {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as VerdictCounts;
  for (const { verdict } of results) if (verdict !== null) counts[verdict] += 1;
  return counts;
}

/** Whether nothing stands against the integration: every check passed, differs and is handled, or is not in the plan. */
export const isRight = ({ fail, not_tried }: VerdictCounts): boolean => fail === 0 && not_tried === 0;

/** The checks whose verdict is another than in the run before; those that one of the two did not make are left out. */
export function changedVerdicts(
  now: ReadonlyMap<CheckId, Verdict>,
  before: ReadonlyMap<CheckId, Verdict>,
): CheckId[] {
  return CATALOGUE.map(({ id }) => id).filter((id) => {
    const [one, other] = [now.get(id), before.get(id)];
    return one !== undefined && other !== undefined && one !== other;
  });
}

/** The verdicts of a run by check; those without one are left out. */
export function verdictsOf(
  results: readonly Pick<ResultRow, "checkId" | "verdict">[],
): Map<CheckId, Verdict> {
  return new Map(results.flatMap(({ checkId, verdict }) => (verdict === null ? [] : [[checkId, verdict]])));
}

/** A text that changes whenever something of the run does that a page shows. */
export const stampOf = ({ id, state, stopAskedAt }: RunRow, made: number, left: number): string =>
  [id, state, stopAskedAt === null ? "" : "stop", made, left].join(" ");
