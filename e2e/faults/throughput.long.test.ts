import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { createRecorder } from "#lib/recording/recorder.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { findLostEvents } from "./find-lost-events.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";

const CALLERS = 64;
const SECONDS = 10;

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres.remove());

it.each(["database", "journal"] as const)(
  "everything that 64 callers at once hand over is recorded by the %s",
  async (durable) => {
    const dir = mkdtempSync(join(tmpdir(), "gatehouse-throughput-"));
    const journalKey = randomBytes(32);
    if (durable === "journal") await postgres.kill();
    const recorder = createRecorder({
      databaseUrl: postgres.url,
      journalDir: dir,
      journalKey,
      clock: systemClock,
      log,
    });
    const latencies: number[] = [];
    const acknowledged: string[] = [];
    const until = performance.now() + SECONDS * 1000;
    const caller = async () => {
      while (performance.now() < until) {
        const at = new Date();
        const login = sampleLogin(at);
        const verification = sampleVerification(login, at);
        const startedAt = performance.now();
        const closed = [sampleClosing(login, at)];
        const result = await recorder.record({ opened: [login], verifications: [verification], closed });
        latencies.push(performance.now() - startedAt);
        acknowledged.push(
          `logins ${login.id} ${result.durable}`,
          `login_outcomes ${login.id} ${result.durable}`,
        );
        acknowledged.push(`verifications ${verification.id} ${result.durable}`);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    await postgres.start();
    await expect
      .poll(() => [recorder.state(), recorder.journalLines()], { timeout: 120_000 })
      .toEqual(["database", 0]);
    await recorder.close();
    rmSync(dir, { recursive: true, force: true });

    latencies.sort((a, b) => a - b);
    const share = (part: number) => (latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(1);
    process.stdout.write(
      `${durable}: ${Math.round(acknowledged.length / SECONDS)} events/s, ` +
        `${Math.round(latencies.length / SECONDS)} logins/s of three events; ` +
        `record p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, p99 ${share(0.99)} ms\n`,
    );
    expect(await findLostEvents(postgres.url, acknowledged)).toMatchObject({
      lost: [],
      twice: [],
      rollupDifferences: [],
    });
  },
);
