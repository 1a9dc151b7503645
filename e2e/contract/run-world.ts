import { join } from "node:path";
import type { FreshDatabase } from "#db/testing/fresh-database.ts";
import type { CheckId, Finding, Verdict } from "#lib/contract-checks/types.ts";
import { executeRun } from "#lib/integration-checks/execute-run.ts";
import { openRun } from "#lib/integration-checks/open-run.ts";
import { countTestPeople, findObserved, listResults } from "#lib/integration-checks/queries.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { startSandbox } from "#sandbox/server.ts";
import type { SandboxSettings } from "#sandbox/settings.ts";

export const RUN_API_KEY = "0123456789abcdef0123456789abcdef";

export type RunWorld = Awaited<ReturnType<typeof startRunWorld>>;

/** A sandbox with these settings, whose quality package has another key, and runs of the checks against it. */
export async function startRunWorld(
  { db }: FreshDatabase,
  folder: string,
  settings: Partial<SandboxSettings> = {},
) {
  const options = { port: 0, apiKey: RUN_API_KEY, qualityApiKey: "of another package" };
  const sandbox = await startSandbox({ ...options, dataDir: join(folder, crypto.randomUUID()), settings });
  const address = {
    url: sandbox.url,
    apiKey: RUN_API_KEY,
    qualityApiKey: RUN_API_KEY,
    totalTimeoutMs: 5_000,
  };
  const api = createMultibiometrics(address);
  const clock = () => new Date();
  const origin = originOf(address.url);

  async function run(kind: "sandbox" | "production" = "sandbox") {
    const checked = { origin, kind, keyEnd: "cdef" };
    const opened = await openRun(db, checked, { id: null, role: "system" }, clock());
    if (!opened.ok) throw new Error(opened.code);
    const desk = { db, address, api, clock, quietMs: 60_000 };
    const ended = await executeRun(desk, { id: opened.runId, ...checked });
    const results = await listResults(db, opened.runId);
    return {
      ended,
      verdicts: new Map<CheckId, Verdict | null>(results.map(({ checkId, verdict }) => [checkId, verdict])),
      findings: new Map<CheckId, Finding[]>(results.map(({ checkId, findings }) => [checkId, findings])),
      observed: [...(await findObserved(db, origin)).values()],
      left: await countTestPeople(db, opened.runId),
    };
  }

  return {
    api,
    origin,
    run,
    peopleAtApi: async (): Promise<number> => {
      const health = await (await fetch(`${sandbox.url}/health`)).json();
      return (health as { people: number }).people;
    },
    close: async () => {
      await api.close();
      await sandbox.close();
    },
  };
}
