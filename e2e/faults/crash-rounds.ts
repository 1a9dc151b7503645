import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openDatabase } from "#db/client.ts";
import { systemClock } from "#lib/clock.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { createRecorder } from "#lib/recording/recorder.ts";
import { findLostEvents, type LostEvents } from "./find-lost-events.ts";
import type { OwnPostgres } from "./own-postgres.ts";

/** What happens in one round, at random moments. */
export const ROUNDS = ["recorder", "postgres", "both", "session", "freeze"] as const;
export type Round = (typeof ROUNDS)[number];

export type CrashReport = LostEvents & { rounds: number; kills: number; keptAside: number; ms: number };

const KILLS: Record<Round, number> = { recorder: 1, postgres: 1, both: 2, session: 1, freeze: 0 };
const PEOPLE = 20;
const STUCK_AFTER_MS = 30_000;

/**
 * Lets a real process record without a pause while it and PostgreSQL are killed, then recovers both and counts. The
 * journal of every killed process is replayed by the next one.
 */
export async function runCrashRounds(postgres: OwnPostgres, rounds: readonly Round[]): Promise<CrashReport> {
  const dir = mkdtempSync(join(tmpdir(), "gatehouse-crash-"));
  const startedAt = performance.now();
  const acknowledgedFile = join(dir, "acknowledged");
  writeFileSync(acknowledgedFile, "");
  const journalDir = join(dir, "journal");
  const journalKey = randomBytes(32);
  const people = await addPeople(postgres.url);
  const start = () =>
    startChild({
      DATABASE_URL: postgres.url,
      JOURNAL_DIR: journalDir,
      JOURNAL_KEY: journalKey.toString("hex"),
      ACKNOWLEDGED_FILE: acknowledgedFile,
      PEOPLE: people.join(","),
    });
  let child = await start();
  let kills = 0;
  try {
    for (const round of rounds) {
      // The load itself is what is waited for: a random moment of it.
      await delay(100 + Math.random() * 700);
      if (round === "session") postgres.killSession();
      if (round === "freeze") {
        postgres.freeze();
        await delay(500 + Math.random() * 1500);
        postgres.thaw();
      }
      if (round === "postgres" || round === "both") {
        await postgres.kill();
        await delay(100 + Math.random() * 900);
      }
      if (round === "recorder" || round === "both") {
        await kill(child);
        child = await start();
      }
      await postgres.start();
      kills += KILLS[round];
    }
    await delay(500);
    await kill(child);
    await replayRest(postgres.url, journalDir, journalKey);
    const acknowledged = readFileSync(acknowledgedFile, "utf8").split("\n").filter(Boolean);
    const lost = await findLostEvents(postgres.url, acknowledged);
    const keptAside = journalFiles(journalDir, ".rejected");
    return { ...lost, rounds: rounds.length, kills, keptAside, ms: performance.now() - startedAt };
  } finally {
    child.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  }
}

async function startChild(env: Record<string, string>): Promise<ChildProcess> {
  const entry = fileURLToPath(new URL("./recording-child.ts", import.meta.url));
  const child = fork(entry, [], { execArgv: ["--import", "tsx"], env: { ...process.env, ...env } });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("the recording process did not start"))),
  ]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null)
    throw new Error(`the recording process had ended by itself (${child.exitCode})`);
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** A recorder without load, as the next start of a gateway: it replays what the killed ones left. */
async function replayRest(databaseUrl: string, journalDir: string, journalKey: Uint8Array): Promise<void> {
  const recorder = createRecorder({ databaseUrl, journalDir, journalKey, clock: systemClock, log });
  try {
    let [left, since] = [Number.POSITIVE_INFINITY, performance.now()];
    while (journalFiles(journalDir, ".journal") > 0) {
      const lines = recorder.journalLines();
      if (lines !== left) [left, since] = [lines, performance.now()];
      if (performance.now() - since > STUCK_AFTER_MS) {
        throw new Error(`the replay is stuck at ${lines} lines, recording to the ${recorder.state()}`);
      }
      await delay(50);
    }
  } finally {
    await recorder.close();
  }
}

export function journalFiles(dir: string, extension: ".journal" | ".rejected"): number {
  if (!existsSync(dir)) return 0;
  return readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith(extension)).length;
}

export function summaryOf(report: CrashReport): string {
  const { rounds, kills, acknowledged, throughJournal, stored, lost, ms } = report;
  return (
    `${rounds} rounds, ${kills} kills in ${(ms / 1000).toFixed(1)} s: ${acknowledged} events acknowledged ` +
    `(${throughJournal} of them by the journal), ${stored} stored, ${lost.length} lost`
  );
}

async function addPeople(databaseUrl: string): Promise<string[]> {
  const client = openDatabase(databaseUrl, { connections: 1, applicationName: "gatehouse-faults" });
  const ids = Array.from({ length: PEOPLE }, () => newId());
  await client.sql`
    insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
    select id, id, id, 'enrolled', 'lgpd_11_i_consent', 1, now() from unnest(${ids}::uuid[]) as id`;
  await client.close();
  return ids;
}
