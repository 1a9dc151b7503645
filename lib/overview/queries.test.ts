import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  latencyRollups,
  loginOutcomes,
  loginRollups,
  loginStates,
  logins,
  verificationRollups,
} from "#db/schema/logins.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { countLoginsUpTo, readOverview } from "./queries.ts";

// The month of the test run always has its partitions.
const NOW = new Date();
const minutesAgo = (minutes: number) =>
  new Date(Math.floor(NOW.getTime() / 60_000) * 60_000 - minutes * 60_000);
const APPLICATION = newId();

const dimensions = {
  applicationId: APPLICATION,
  channel: "web",
  deviceClass: "desktop_linux",
  purpose: "login",
  exposurePercent: 100,
};

type Rollup = Partial<typeof loginRollups.$inferInsert>;
const rollup = (minutes: number, count: number, more: Rollup = {}) => ({
  ...dimensions,
  minute: minutesAgo(minutes),
  path: "biometric",
  pathReason: "exposed",
  outcome: "completed_biometric",
  fallbackReason: "none",
  lockedOut: 0,
  count,
  ...more,
});

type CallRollup = Partial<typeof verificationRollups.$inferInsert>;
const calls = (minutes: number, count: number, more: CallRollup = {}) => ({
  minute: minutesAgo(minutes),
  source: "gateway",
  actorId: APPLICATION,
  channel: "web",
  deviceClass: "desktop_linux",
  modality: "face",
  exposurePercent: 100,
  outcome: "matched",
  reason: "matched",
  apiStatus: 200,
  count,
  ...more,
});

async function emptied(tx: DatabaseOrTransaction) {
  for (const table of [
    loginRollups,
    verificationRollups,
    latencyRollups,
    loginOutcomes,
    loginStates,
    logins,
  ]) {
    await tx.delete(table);
  }
}

test("logins of 24 hours are summed per hour, path, outcome and reason", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    await tx
      .insert(loginRollups)
      .values([
        rollup(1, 3),
        rollup(1, 4, { channel: "app" }),
        rollup(1, 2, { outcome: "fell_back", fallbackReason: "capture_quality" }),
        rollup(25 * 60, 50),
      ]);
    const { cells, since } = await readOverview(tx, NOW, "Asia/Kathmandu");
    expect(
      cells.map(({ outcome, fallbackReason, count }) => [outcome, fallbackReason, count]).sort(),
    ).toEqual([
      ["completed_biometric", "none", 7],
      ["fell_back", "capture_quality", 2],
    ]);
    // Kathmandu is 5:45 ahead: its hours begin at a quarter past in UTC.
    expect(since.getUTCMinutes()).toBe(15);
    expect(NOW.getTime() - since.getTime()).toBeGreaterThanOrEqual(23 * 3_600_000);
    expect(NOW.getTime() - since.getTime()).toBeLessThan(24 * 3_600_000);
    for (const { hour } of cells) {
      expect(hour.getUTCMinutes()).toBe(15);
      expect(minutesAgo(1).getTime() - hour.getTime()).toBeLessThan(3_600_000);
    }
  }));

test("API errors are those of logins, the console's own tries apart, and the last hour is told apart", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    await tx
      .insert(verificationRollups)
      .values([
        calls(5, 10),
        calls(5, 2, { outcome: "api_error", reason: "api_timed_out", apiStatus: 0 }),
        calls(200, 20),
        calls(200, 1, { outcome: "api_error", reason: "api_server_error", apiStatus: 500 }),
        calls(5, 7, { source: "console", outcome: "api_error", reason: "api_timed_out" }),
      ]);
    const overview = await readOverview(tx, NOW, "America/Sao_Paulo");
    expect(overview.calls).toEqual({ calls: 33, errors: 3, lastHourCalls: 12, lastHourErrors: 2 });
  }));

test("latencies are summed per bucket", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    await tx.insert(latencyRollups).values([
      { minute: minutesAgo(1), source: "gateway", bucket: 20, count: 3 },
      { minute: minutesAgo(2), source: "gateway", bucket: 20, count: 4 },
      { minute: minutesAgo(2), source: "gateway", bucket: 25, count: 1 },
      { minute: minutesAgo(2), source: "console", bucket: 30, count: 9 },
    ]);
    const { latencies } = await readOverview(tx, NOW, "America/Sao_Paulo");
    expect(latencies.toSorted((a, b) => a.bucket - b.bucket)).toEqual([
      { bucket: 20, count: 7 },
      { bucket: 25, count: 1 },
    ]);
  }));

test("people are counted once, and only those offered the biometric path", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const [ana, bia, caio] = [newId(), newId(), newId()];
    const outcome = (personId: string | null, path: "biometric" | "legacy") => ({
      ...dimensions,
      loginId: newIdAt(minutesAgo(1)),
      openedAt: minutesAgo(1),
      at: minutesAgo(1),
      personId,
      path,
      pathReason: "exposed",
      outcome: "completed_biometric",
      fallbackReason: "none",
      attempts: 1,
    });
    await tx
      .insert(loginOutcomes)
      .values([
        outcome(ana, "biometric"),
        outcome(ana, "biometric"),
        outcome(bia, "biometric"),
        outcome(caio, "legacy"),
      ]);
    expect((await readOverview(tx, NOW, "America/Sao_Paulo")).peopleSeen).toBe(2);
  }));

test("open logins are told, and logins are counted no further than asked", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    expect(await countLoginsUpTo(tx, 1)).toBe(0);
    for (const closedAt of [null, null, minutesAgo(1)]) {
      const id = newIdAt(minutesAgo(2));
      const openedAt = minutesAgo(2);
      await tx.insert(logins).values({ ...dimensions, id, openedAt, path: "biometric", reason: "exposed" });
      await tx.insert(loginStates).values({
        id,
        openedAt,
        applicationId: APPLICATION,
        path: "biometric",
        attemptsAllowed: 3,
        closedAt,
      });
    }
    expect((await readOverview(tx, NOW, "America/Sao_Paulo")).openLogins).toBe(2);
    expect(await countLoginsUpTo(tx, 2)).toBe(2);
    expect(await countLoginsUpTo(tx, 100)).toBe(3);
  }));
