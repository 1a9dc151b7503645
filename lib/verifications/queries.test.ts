import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { countCalls } from "#lib/recording/testing/count-calls.ts";
import { sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { findVerification, listRollupBars, listVerifications } from "./queries.ts";
import { noFacets } from "./rules.ts";
import type { Cursor, VerificationFilters } from "./types.ts";

const minuteMs = 60_000;
// The partitions of a test run begin a month before it: the rows must lie near the real present.
const now = new Date();
const channel = `sample-${newId()}`;
const filters: VerificationFilters = {
  ...noFacets(),
  channel: [channel],
  window: "24h",
  range: null,
};

function verificationOf(minutesAgo: number, more: Partial<typeof verifications.$inferInsert> = {}) {
  const at = new Date(now.getTime() - minutesAgo * minuteMs);
  return {
    id: newIdAt(at),
    openedAt: at,
    at,
    source: "gateway",
    actorId: newId(),
    attempt: 1,
    modality: "face",
    outcome: "not_matched",
    reason: "different_person",
    decision: "retry_capture",
    feedbackCode: "not_matched",
    catalogueVersion: 1,
    channel,
    deviceClass: "other",
    purpose: "login",
    exposurePercent: 100,
    policyVersion: 1,
    gateway: "sample",
    ...more,
  };
}

const insert = (tx: DatabaseOrTransaction, rows: (typeof verifications.$inferInsert)[]) =>
  tx.insert(verifications).values(rows);

const cursorOf = (row: { at: Date; id: string } | undefined, direction: Cursor["direction"]): Cursor => {
  if (!row) throw new Error("the page is empty");
  return { at: row.at, id: row.id, direction };
};

test("pages follow each other without a gap or a repetition, forward and back, at equal times too", () =>
  inRolledBackTransaction(async (tx) => {
    const rows = Array.from({ length: 120 }, (_, n) => verificationOf(Math.floor(n / 4)));
    await insert(tx, rows);
    const page = (cursor: Cursor | null) => listVerifications(tx, filters, { order: "newest", cursor }, now);
    const first = await page(null);
    const second = await page(cursorOf(first.rows.at(-1), "after"));
    const third = await page(cursorOf(second.rows.at(-1), "after"));
    const ids = [...first.rows, ...second.rows, ...third.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(120);
    expect([first.rows.length, second.rows.length, third.rows.length]).toEqual([50, 50, 20]);
    expect([first.hasPrevious, first.hasNext, third.hasPrevious, third.hasNext]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const back = await page(cursorOf(third.rows[0], "before"));
    expect(back.rows).toEqual(second.rows);
    expect([back.hasPrevious, back.hasNext]).toEqual([true, true]);
    const start = await page(cursorOf(back.rows[0], "before"));
    expect(start.rows).toEqual(first.rows);
    expect(start.hasPrevious).toBe(false);
  }));

test("the oldest can come first", () =>
  inRolledBackTransaction(async (tx) => {
    await insert(tx, [verificationOf(1), verificationOf(3), verificationOf(2)]);
    const page = await listVerifications(tx, filters, { order: "oldest", cursor: null }, now);
    const times = page.rows.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times).toHaveLength(3);
  }));

test("filters and the window keep every other verification out", () =>
  inRolledBackTransaction(async (tx) => {
    await insert(tx, [
      verificationOf(1, { outcome: "capture_refused", reason: "too_dark" }),
      verificationOf(2, { modality: "fingers" }),
      verificationOf(3, { source: "console" }),
      verificationOf(60 * 30),
    ]);
    const countOf = async (more: Partial<VerificationFilters>) =>
      (await listVerifications(tx, { ...filters, ...more }, { order: "newest", cursor: null }, now)).rows
        .length;
    expect(await countOf({})).toBe(3);
    expect(await countOf({ outcome: ["capture_refused"] })).toBe(1);
    expect(await countOf({ reason: ["too_dark", "different_person"] })).toBe(3);
    expect(await countOf({ modality: ["fingers"], source: ["console"] })).toBe(0);
    expect(await countOf({ window: "7d" })).toBe(4);
    const from = new Date(now.getTime() - 2.5 * minuteMs);
    expect(await countOf({ range: { from, to: now } })).toBe(2);
  }));

test("a row says who it was about: known, erased since, or never known; and how the login ended", () =>
  inRolledBackTransaction(async (tx) => {
    const personId = newId();
    await tx.insert(people).values({
      id: personId,
      customId: `sample-${personId}`,
      customIdFolded: `sample-${personId}`,
      status: "enrolled",
      legalBasis: "lgpd_11_i_consent",
      bucket: 0,
      createdAt: now,
    });
    const loginId = newId();
    const known = verificationOf(1, { personId, loginId });
    await insert(tx, [known, verificationOf(2, { personId: newId() }), verificationOf(3)]);
    await tx.insert(loginOutcomes).values({
      loginId,
      openedAt: known.openedAt,
      at: now,
      applicationId: newId(),
      path: "biometric",
      pathReason: "exposed",
      outcome: "fell_back",
      fallbackReason: "capture_quality",
      attempts: 1,
      purpose: "login",
      channel,
      deviceClass: "other",
      exposurePercent: 100,
    });
    const { rows } = await listVerifications(tx, filters, { order: "newest", cursor: null }, now);
    expect(rows.map(({ subject, loginOutcome }) => [subject, loginOutcome])).toEqual([
      [{ state: "known", personId, customId: `sample-${personId}` }, "fell_back"],
      [{ state: "erased" }, null],
      [{ state: "unknown" }, null],
    ]);
  }));

test("stage and application keep every other verification out, and no check by staff passes for an application's", () =>
  inRolledBackTransaction(async (tx) => {
    const application = newId();
    await insert(tx, [
      verificationOf(1, { exposurePercent: 5 }),
      verificationOf(2, { actorId: application }),
      verificationOf(3, { actorId: application, exposurePercent: 5 }),
      verificationOf(4, { source: "console" }),
    ]);
    const listed = async (more: Partial<VerificationFilters>) =>
      (await listVerifications(tx, { ...filters, ...more }, { order: "newest", cursor: null }, now)).rows
        .length;
    expect(await listed({ stage: ["5"] })).toBe(2);
    expect(await listed({ application: [application] })).toBe(2);
    expect(await listed({ stage: ["5"], application: [application] })).toBe(1);
  }));

test("what a gateway records comes back whole; a record from before the steps were timed says so by nulls", () =>
  inRolledBackTransaction(async (tx) => {
    const login = sampleLogin(now, { bucket: 8, channel });
    const times = {
      decidedMs: 3,
      qualityMs: 40,
      livenessMs: null,
      verifyMs: 604,
      diagnosisMs: null,
      judgedMs: 655,
    };
    const timed = sampleVerification(login, now, { ...times, failuresBefore: 2, feedbackLocale: "pt-BR" });
    const before = sampleVerification(login, now, { attempt: 2 });
    await tx.execute(recordStatement({ opened: [login], verifications: [timed, before] }));
    expect(await findVerification(tx, timed.id, now)).toMatchObject({
      ...times,
      bucket: 8,
      failuresBefore: 2,
      feedbackLocale: "pt-BR",
    });
    expect(await findVerification(tx, before.id, now)).toMatchObject({
      decidedMs: null,
      judgedMs: null,
      failuresBefore: null,
      feedbackLocale: null,
    });
    const bars = await listRollupBars(tx, "1h", now);
    const cells = bars.flatMap((bar) => bar.cells).filter((cell) => cell.channel === channel);
    expect(cells).toEqual([
      expect.objectContaining({ count: 2, stage: "100", application: login.applicationId }),
    ]);
  }));

test("a verification is found by its id, and a stranger's id finds nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const row = verificationOf(1, { fingersSent: [2, 7], fingersListed: [2, 3], apiStatus: 200 });
    await insert(tx, [row]);
    const found = await findVerification(tx, row.id, row.at);
    expect(found).toMatchObject({ id: row.id, fingersSent: [2, 7], fingersListed: [2, 3], apiStatus: 200 });
    expect(await findVerification(tx, newId(), now)).toBeNull();
  }));

test("the time line has every bar of the window and counts what the rollups hold", () =>
  inRolledBackTransaction(async (tx) => {
    const minute = (ago: number) =>
      new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - ago * minuteMs);
    await countCalls(tx, minute(0), 3, { channel });
    await countCalls(tx, minute(0), 4, { channel });
    await countCalls(tx, minute(300), 5, { channel });
    const bars = await listRollupBars(tx, "24h", now);
    expect(bars).toHaveLength(48);
    const own = bars.map(({ cells }) =>
      cells.reduce((sum, cell) => (cell.channel === channel ? sum + cell.count : sum), 0),
    );
    expect(own.at(-1)).toBe(7);
    expect(own.reduce((sum, count) => sum + count, 0)).toBe(12);
  }));

test("a page is one ordered walk of the time index", () =>
  inRolledBackTransaction(async (tx) => {
    // The partitions are empty here, and sorting nothing is cheap; what matters is that the index gives the order.
    await tx.execute(sql`set local enable_sort = off`);
    const lines = await tx.execute(sql`explain select v.id from verifications v
      left join login_outcomes o on o.opened_at = v.opened_at and o.login_id = v.login_id
      where v.at >= ${new Date(now.getTime() - 1e8).toISOString()}::timestamptz
        and (v.at, v.id) < (${now.toISOString()}::timestamptz, ${newId()}::uuid)
      order by v.at desc nulls last, v.id desc nulls last limit 51`);
    const plan = lines.map((line) => Object.values(line)[0]).join("\n");
    expect(plan).toMatch(/Index (Only )?Scan using verifications_\w+_at_id_idx/);
    expect(plan).toContain("Merge Append");
    expect(plan).not.toContain("Sort  (");
  }));
