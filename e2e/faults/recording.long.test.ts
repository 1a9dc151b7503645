import { afterAll, beforeAll, expect, it } from "vitest";
import { ROUNDS, runCrashRounds, summaryOf } from "./crash-rounds.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres.remove());

it("no acknowledged event is lost or counted twice in fifty rounds of kills and freezes under load", async () => {
  const rounds = Array.from({ length: 50 }, (_, i) => ROUNDS[(i * 7 + 3) % ROUNDS.length] ?? "both");
  const report = await runCrashRounds(postgres, rounds);
  process.stdout.write(`${summaryOf(report)}\n`);
  expect(report).toMatchObject({ lost: [], twice: [], rollupDifferences: [], miscounted: [], keptAside: 0 });
  expect(report.kills).toBeGreaterThanOrEqual(30);
  expect(report.stored).toBeGreaterThanOrEqual(report.acknowledged);
});
