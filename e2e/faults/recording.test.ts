import { afterAll, beforeAll, expect, it } from "vitest";
import { type Round, runCrashRounds, summaryOf } from "./crash-rounds.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
}, 120_000);
afterAll(() => postgres.remove(), 120_000);

const SHORT: Round[] = ["recorder", "postgres", "session", "both", "freeze", "recorder"];

it("no acknowledged event is lost or counted twice when recorder and PostgreSQL are killed under load", async () => {
  const report = await runCrashRounds(postgres, SHORT);
  process.stdout.write(`${summaryOf(report)}\n`);
  expect(report).toMatchObject({ lost: [], twice: [], rollupDifferences: [], miscounted: [], keptAside: 0 });
  expect(report.acknowledged).toBeGreaterThan(100);
  expect(report.throughJournal).toBeGreaterThan(0);
  expect(report.stored).toBeGreaterThanOrEqual(report.acknowledged);
}, 120_000);
