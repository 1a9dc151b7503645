import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { incidents, probeStandings } from "#db/schema/service-health.ts";
import { type OwnPostgres, startOwnPostgres } from "#e2e/faults/own-postgres.ts";
import { log } from "#lib/log.ts";
import { watchHealth } from "./watch-health.ts";

let postgres: OwnPostgres;
let database: DatabaseClient;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  database = openDatabase(postgres.url, { connections: 4, applicationName: "gatehouse-faults" });
});
afterAll(async () => {
  await database.close();
  await postgres.remove();
});

/** The clock of the rounds: each lies fifteen seconds after the one before, however fast they are made. */
function fifteenSecondsApart() {
  let rounds = 0;
  const start = Date.now() - 3_600_000;
  return () => new Date(start + 15_000 * rounds++);
}

test("an outage of the database is known by its beginning and its end once it is back", async () => {
  const stop = new AbortController();
  const call = {
    operation: "verify",
    status: 400,
    latencyMs: 5,
    tries: 1,
    message: null,
    answerSha256: null,
  } as const;
  let kept = 0;
  const watching = watchHealth({
    api: { ask: async () => ({ code: null, call }) },
    gatewayUrl: null,
    unleashUrl: "http://127.0.0.1:1/api",
    db: database.db,
    clock: fifteenSecondsApart(),
    log,
    signal: stop.signal,
    onKept: () => {
      kept += 1;
    },
    everyMs: 50,
    settledAfterMs: 0,
    secondTryAfterMs: 10,
  });
  const standings = () => database.db.select().from(probeStandings);
  await expect.poll(standings, { timeout: 20_000 }).not.toHaveLength(0);
  await postgres.kill();
  await expect
    .poll(() =>
      standings().then(
        () => "there",
        () => "away",
      ),
    )
    .toBe("away");
  const keptBefore = kept;
  expect(keptBefore).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(kept).toBe(keptBefore);
  await postgres.start();
  const own = async () =>
    (await database.db.select().from(incidents)).filter(({ part }) => part === "database");
  await expect.poll(own, { timeout: 30_000 }).toMatchObject([{ closedAt: expect.any(Date) }]);
  const [outage] = await own();
  expect(outage?.causes).toContain("unreachable");
  expect(outage?.closedAt?.getTime()).toBeGreaterThan(outage?.openedAt.getTime() ?? 0);
  // No time without a worker: every round of the outage was kept.
  const all = await database.db.select().from(incidents);
  expect(all.filter(({ part }) => part === "worker")).toEqual([]);
  stop.abort();
  await watching;
}, 90_000);
