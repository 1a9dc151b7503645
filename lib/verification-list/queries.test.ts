import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { addCellsSql, addCountsSql, countSql, VERIFICATION_ROLLUP } from "#lib/recording/rollup-statement.ts";
import { countCalls } from "#lib/recording/testing/count-calls.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { Cursor, VerificationFacets } from "#lib/verifications/types.ts";
import { listVerifications } from "./queries.ts";

const minuteMs = 60_000;
// The partitions of a test run begin a month before it: the rows must lie near the real present.
const now = new Date();
const channel = `sample-${newId()}`;
const limits: TimeRange = {
  from: new Date(now.getTime() - 1440 * minuteMs),
  to: new Date(now.getTime() + minuteMs),
};
const facets: VerificationFacets = { ...noFacets(), channel: [channel] };
const listed = { limits, facets };

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

/** Puts rows into the history with what is counted of them, as the recording statement does. */
async function insert(tx: DatabaseOrTransaction, rows: (typeof verifications.$inferInsert)[]) {
  await tx.insert(verifications).values(rows);
  const made = `(select * from verifications where id in (${rows.map(({ id }) => `'${id}'`).join(", ")}))`;
  await tx.execute(sql.raw(addCellsSql(VERIFICATION_ROLLUP.cells, made)));
  await tx.execute(sql.raw(addCountsSql(VERIFICATION_ROLLUP, countSql(VERIFICATION_ROLLUP, made))));
}

const cursorOf = (row: { at: Date; id: string } | undefined, direction: Cursor["direction"]): Cursor => {
  if (!row) throw new Error("the page is empty");
  return { at: row.at, id: row.id, direction };
};

test("pages follow each other without a gap or a repetition, forward and back, at equal times too", () =>
  inRolledBackTransaction(async (tx) => {
    const rows = Array.from({ length: 120 }, (_, n) => verificationOf(Math.floor(n / 4)));
    await insert(tx, rows);
    const page = (cursor: Cursor | null) => listVerifications(tx, listed, { order: "newest", cursor });
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
    const page = await listVerifications(tx, listed, { order: "oldest", cursor: null });
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
    const countOf = async (more: Partial<VerificationFacets>, time = limits) => {
      const asked = { limits: time, facets: { ...facets, ...more } };
      return (await listVerifications(tx, asked, { order: "newest", cursor: null })).rows.length;
    };
    expect(await countOf({})).toBe(3);
    expect(await countOf({ outcome: ["capture_refused"] })).toBe(1);
    expect(await countOf({ reason: ["too_dark", "different_person"] })).toBe(3);
    expect(await countOf({ modality: ["fingers"], source: ["console"] })).toBe(0);
    const before = (minutes: number) => ({ ...limits, from: new Date(now.getTime() - minutes * minuteMs) });
    expect(await countOf({}, before(60 * 31))).toBe(4);
    expect(await countOf({}, before(2.5))).toBe(2);
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
    const { rows } = await listVerifications(tx, listed, { order: "newest", cursor: null });
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
    const countOf = async (more: Partial<VerificationFacets>) => {
      const asked = { limits, facets: { ...facets, ...more } };
      return (await listVerifications(tx, asked, { order: "newest", cursor: null })).rows.length;
    };
    expect(await countOf({ stage: ["5"] })).toBe(2);
    expect(await countOf({ application: [application] })).toBe(2);
    expect(await countOf({ stage: ["5"], application: [application] })).toBe(1);
  }));

test("pages of rare verifications hold all of them in order, either way, over minutes, hours and days", () =>
  inRolledBackTransaction(async (tx) => {
    // Minutes are kept for the last ten days here, so that older ones are found by their hour.
    await tx.execute(sql`update rollup_clock set minutes_from = now() - interval '10 days 20 minutes'`);
    const rows = Array.from({ length: 130 }, (_, n) => verificationOf(n * 173));
    await insert(tx, rows);
    const time = { from: new Date(now.getTime() - 20 * 1440 * minuteMs), to: limits.to };
    for (const order of ["newest", "oldest"] as const) {
      const ids: string[] = [];
      for (let cursor: Cursor | null = null; ; ) {
        const page = await listVerifications(tx, { limits: time, facets }, { order, cursor });
        ids.push(...page.rows.map(({ id }) => id));
        if (!page.hasNext) break;
        cursor = cursorOf(page.rows.at(-1), "after");
      }
      const wanted = rows.map(({ id }) => id);
      expect(ids).toEqual(order === "newest" ? wanted : wanted.toReversed());
    }
  }));

test("counts that outlived their history hide nothing of what is left", () =>
  inRolledBackTransaction(async (tx) => {
    for (let minutes = 1000; minutes < 1200; minutes += 2)
      await countCalls(tx, new Date(now.getTime() - minutes * minuteMs), 1, { channel });
    const kept = verificationOf(5);
    await insert(tx, [kept]);
    for (const order of ["newest", "oldest"] as const) {
      const { rows, hasNext } = await listVerifications(tx, listed, { order, cursor: null });
      expect([rows.map(({ id }) => id), hasNext]).toEqual([[kept.id], false]);
    }
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
