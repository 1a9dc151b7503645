import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { isDifferent } from "#lib/contract-checks/rules.ts";
import { type RunWorld, startRunWorld } from "./run-world.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-checks-"));
let database: FreshDatabase;
let world: RunWorld;

beforeAll(async () => {
  database = await freshDatabase();
  world = await startRunWorld(database, folder);
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("a full run against the sandbox passes, shows nothing biometric, learns what was assumed and leaves nobody behind", async () => {
  const { ended, verdicts, findings, observed, left } = await world.run();
  expect(ended).toBe("finished");
  const notPassing = [...verdicts].filter(([, verdict]) => verdict !== "pass");
  expect(notPassing).toEqual([
    ["verify_fingers", "differs"],
    ["check_icao", "not_in_plan"],
  ]);
  expect(findings.get("verify_fingers")).toEqual(["lists_never_sent"]);
  expect(observed.filter(isDifferent)).toEqual([]);
  expect(left).toEqual({ made: 4, left: 0 });
  expect(await world.peopleAtApi()).toBe(0);
  const rows = await database.sql`select to_jsonb(r)::text as row from integration_results r`;
  // A template or a picture is hundreds of signs of Base64 in a row, and the key 32.
  for (const { row } of rows) expect(row).not.toMatch(/[A-Za-z0-9+/]{60}|0123456789abcdef/);
}, 180_000);
