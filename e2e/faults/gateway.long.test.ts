import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stringify } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { journalFiles } from "./crash-rounds.ts";
import { findLostEvents } from "./find-lost-events.ts";
import { startLoad, type Told } from "./gateway-load.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import { type StandIn, startApiStandIn, startFlagsStandIn } from "./stand-ins.ts";

const ROUNDS = 30;
const KINDS = ["gateway", "postgres", "session", "both", "freeze"] as const;

const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-under-fire-"));
let postgres: OwnPostgres;
let [api, flags]: (StandIn | undefined)[] = [];
let gateway: GatewayProcess;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  api = await startApiStandIn();
  flags = await startFlagsStandIn(BIOMETRIC_LOGIN_FLAG);
  const place = { databaseUrl: postgres.url, dataDir, apiUrl: api.url, flagsUrl: flags.url };
  gateway = await makeGatewayProcess(place);
});
afterAll(async () => {
  await gateway?.kill();
  await Promise.all([api?.close(), flags?.close()]);
  await postgres.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

async function oneRound(kind: (typeof KINDS)[number]): Promise<number> {
  await delay(300 + Math.random() * 1200);
  if (kind === "session") postgres.killSession();
  if (kind === "freeze") {
    postgres.freeze();
    await delay(500 + Math.random() * 1500);
    postgres.thaw();
  }
  if (kind === "postgres" || kind === "both") {
    await postgres.kill();
    await delay(200 + Math.random() * 1500);
  }
  if (kind === "gateway" || kind === "both") {
    await gateway.kill();
    await gateway.start();
  }
  await postgres.start();
  return { gateway: 1, postgres: 1, session: 1, both: 2, freeze: 0 }[kind];
}

/** Our own id stands in the first 16 bytes of what an application is given. */
const idOf = (loginId: string): string =>
  stringify(new Uint8Array(Buffer.from(loginId.slice(3), "base64url").subarray(0, 16)));

/** Logins with fewer tries in the history than were answered. */
async function findMissingTries(told: Told): Promise<string[]> {
  const { sql, close } = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-faults" });
  const rows = await sql<{ id: string; tries: number }[]>`
    select login_id as id, count(*)::integer as tries from verifications group by 1`;
  await close();
  const stored = new Map(rows.map(({ id, tries }) => [id, tries]));
  return [...told.tries].flatMap(([id, tries]) => ((stored.get(idOf(id)) ?? 0) < tries ? [id] : []));
}

it("what the gateway answered is in the history once, whatever was killed under load", async () => {
  const { key, customIds } = await prepareGatewayData(postgres.url, 300);
  await gateway.start();
  const load = startLoad(gateway.url, key, customIds);
  let kills = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    kills += await oneRound(KINDS[(round * 3 + 1) % KINDS.length] ?? "both");
  }
  await delay(1000);
  await load.stop();
  await expect.poll(() => journalFiles(dataDir, ".journal"), { timeout: 120_000 }).toBe(0);

  const { told } = load;
  const acknowledged = [
    ...[...told.tries.keys()].map((id) => `logins ${idOf(id)} gateway`),
    ...[...told.ended].map((id) => `login_outcomes ${idOf(id)} gateway`),
  ];
  const report = await findLostEvents(postgres.url, acknowledged);
  const tries = [...told.tries.values()].reduce((sum, count) => sum + count, 0);
  const reasons = [...told.reasons].map(([reason, count]) => `${reason} ${count}`).join(", ");
  process.stdout.write(
    `${ROUNDS} rounds, ${kills} kills: ${told.tries.size} logins, ${tries} tries and ${told.ended.size} ends ` +
      `answered, ${told.unanswered} requests without an answer; ${report.stored} events stored, ` +
      `${report.lost.length} lost (${reasons})\n`,
  );
  expect(report).toMatchObject({ lost: [], twice: [], rollupDifferences: [], miscounted: [] });
  expect(await findMissingTries(told)).toEqual([]);
  expect(told.reasons.get("matched")).toBeGreaterThan(100);
  expect(journalFiles(dataDir, ".rejected")).toBe(0);
});
