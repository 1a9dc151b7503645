import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, loginStates, logins } from "#db/schema/logins.ts";
import { latencyRollups, loginRollups, verificationRollups } from "#db/schema/rollups.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { bucketOf } from "#lib/recording/rules.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { countLoginsUpTo, readOverview } from "./queries.ts";

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
  // The days before a month's first are looked at too.
  const month = minutesAgo(2 * 24 * 60)
    .toISOString()
    .slice(0, 10);
  await tx.execute(sql`select make_event_partitions(${month}, ${month})`);
}

test("recorded logins are counted in the hour and on the day they ended, in the zone's own hours", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const login = sampleLogin(minutesAgo(3));
    const other = sampleLogin(minutesAgo(3), { channel: "web" });
    const earlier = sampleLogin(minutesAgo(25 * 60));
    const apart = sampleLogin(minutesAgo(2), { path: "legacy", reason: "not_exposed" });
    const unenrolled = sampleLogin(minutesAgo(2), { path: "legacy", reason: "not_enrolled" });
    await tx.execute(
      recordStatement({
        opened: [login, other, earlier, apart, unenrolled],
        closed: [
          sampleClosing(login, minutesAgo(1)),
          sampleClosing(other, minutesAgo(1)),
          sampleClosing(earlier, minutesAgo(25 * 60 - 1), {
            outcome: "fell_back",
            fallbackReason: "capture_quality",
          }),
          sampleClosing(apart, minutesAgo(1), { outcome: "legacy_failed", lockedOut: true }),
          sampleClosing(unenrolled, minutesAgo(1), { outcome: "completed_legacy" }),
        ],
      }),
    );
    const { hours, days } = await readOverview(tx, NOW, "Asia/Kathmandu");
    // Kathmandu is 5:45 ahead: its hours begin at a quarter past in UTC.
    expect(hours.steps.starts.map((start) => start.getUTCMinutes())).toEqual(Array(48).fill(15));
    const toldOf = ({ logins, steps }: typeof hours) =>
      logins
        .map((cell) => [
          steps.starts.findLastIndex((start) => start <= minutesAgo(1)) - cell.step,
          cell.pathReason,
          cell.outcome,
          cell.count,
          cell.lockedOut,
        ])
        .sort();
    const hoursBefore = expect.toSatisfy((count: number) => count === 24 || count === 25);
    expect(toldOf(hours)).toEqual([
      [0, "exposed", "completed_biometric", 2, 0],
      [0, "not_enrolled", "completed_legacy", 1, 0],
      [0, "not_exposed", "legacy_failed", 1, 1],
      [hoursBefore, "exposed", "fell_back", 1, 0],
    ]);
    // Of whole days only what charts and stages are made of: the one nobody could offer anything is not there.
    expect(toldOf(days).map(([, ...cell]) => cell)).toEqual([
      ["exposed", "completed_biometric", 2, 0],
      ["not_exposed", "legacy_failed", 1, 1],
      ["exposed", "fell_back", 1, 0],
    ]);
  }));

test("API calls and their times are those of logins, the console's own tries left out", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const login = sampleLogin(minutesAgo(6));
    const earlier = sampleLogin(minutesAgo(201));
    const failed = { outcome: "api_error", reason: "api_timed_out", apiStatus: null } as const;
    await tx.execute(
      recordStatement({
        opened: [login, earlier],
        verifications: [
          sampleVerification(login, minutesAgo(5), { apiLatencyMs: 120 }),
          sampleVerification(login, minutesAgo(4), { ...failed, attempt: 2, apiLatencyMs: 3000 }),
          sampleVerification(earlier, minutesAgo(200), { ...failed, apiLatencyMs: 3000 }),
          sampleVerification(login, minutesAgo(3), {
            ...failed,
            source: "console",
            loginId: null,
            apiLatencyMs: 9000,
          }),
        ],
      }),
    );
    const { hours, days, lastHour } = await readOverview(tx, NOW, "America/Sao_Paulo");
    expect(lastHour).toEqual({ calls: 2, errors: 1 });
    const sumOf = (cells: { calls: number; errors: number }[]) => [
      cells.reduce((sum, { calls }) => sum + calls, 0),
      cells.reduce((sum, { errors }) => sum + errors, 0),
    ];
    expect(sumOf(hours.calls)).toEqual([3, 2]);
    expect(sumOf(days.calls)).toEqual([3, 2]);
    const slow = hours.latencies.filter(({ bucket }) => bucket === bucketOf(3000));
    expect(slow.map(({ count }) => count)).toEqual([1, 1]);
    expect(hours.latencies.some(({ bucket }) => bucket === bucketOf(9000))).toBe(false);
    expect(days.latencies.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  }));

test("people are counted once, lately and in all, and only those who tried the biometric path", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const [ana, bia, caio, duda] = [newId(), newId(), newId(), newId()];
    const by = (personId: string, at = minutesAgo(1)) =>
      sampleVerification({ ...sampleLogin(at), personId }, at);
    const byStaff = { ...by(caio), source: "console" as const, loginId: null };
    await tx.execute(
      recordStatement({ verifications: [by(ana), by(ana), by(bia), byStaff, by(duda, minutesAgo(30 * 60))] }),
    );
    expect((await readOverview(tx, NOW, "America/Sao_Paulo")).people).toEqual({ lately: 2, inAll: 3 });
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
