import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import { beginTail, composeBatch } from "./compose-batch.ts";
import { composeEvents } from "./compose-events.ts";
import { SHOWN_AT_ONCE } from "./rules.ts";
import { touchLiveTail } from "./touch-live-tail.ts";
import type { TailBatch, TailEvent } from "./types.ts";
import type { HistoryWatch, Watcher } from "./watch-history.ts";

const now = new Date();
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

async function record(tx: DatabaseOrTransaction, channel: string, times: readonly Date[]) {
  const made = times.map((at) => sampleVerification(sampleLogin(at, { channel }), at));
  await tx.execute(recordStatement({ verifications: made }));
  return made.map(({ id }) => id);
}

const told = (batch: TailBatch | null) => [batch?.rows.map(({ id }) => id) ?? null, batch?.passed ?? 0];

test("what comes in is told once, also what was committed late with an earlier time, and nothing that was there before", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    const tail = beginTail({ ...noFacets(), channel: [channel] });
    await record(tx, channel, [later(-30)]);
    await record(tx, `${channel}-other`, [later(0)]);
    await composeBatch(tx, tail, now);
    const first = await record(tx, channel, [later(1)]);
    expect(told(await composeBatch(tx, tail, later(2)))).toEqual([first, 0]);
    // Its transaction was open while the one above was told.
    const late = await record(tx, channel, [later(-1)]);
    expect(told(await composeBatch(tx, tail, later(3)))).toEqual([late, 0]);
    expect(await composeBatch(tx, tail, later(4))).toBeNull();
    // Of a gateway whose clock is far behind: the next far look finds it.
    const behind = await record(tx, channel, [later(-40)]);
    expect(await composeBatch(tx, tail, later(5))).toBeNull();
    expect(told(await composeBatch(tx, tail, later(11)))).toEqual([behind, 0]);
    expect(await composeBatch(tx, tail, later(12))).toBeNull();
  }));

test("of more than can be read the newest are shown and the others counted", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    const tail = beginTail({ ...noFacets(), channel: [channel] });
    await composeBatch(tx, tail, now);
    const ids = await record(
      tx,
      channel,
      Array.from({ length: 144 }, (_, place) => later(place / 1000)),
    );
    const [rows, passed] = told(await composeBatch(tx, tail, later(1)));
    expect(rows).toEqual(ids.slice(-SHOWN_AT_ONCE).reverse());
    expect(passed).toBe(144 - SHOWN_AT_ONCE);
  }));

test("while somebody watches the recording statement tells, and not otherwise", () =>
  inRolledBackTransaction(async (tx) => {
    const isTold = async () => {
      const at = new Date();
      const [row] = await tx.execute(
        recordStatement({ verifications: [sampleVerification(sampleLogin(at), at)] }),
      );
      return row?.told !== null;
    };
    expect(await isTold()).toBe(false);
    await touchLiveTail(tx);
    await touchLiveTail(tx);
    expect(await isTold()).toBe(true);
  }));

/** A watch whose one watcher hears what the test says. */
function fakeWatch() {
  const heard: { watcher: Watcher | null } = { watcher: null };
  const watch: HistoryWatch = {
    watch: async (_, watcher) => {
      heard.watcher = watcher;
      return () => {
        heard.watcher = null;
      };
    },
    countOf: () => 0,
  };
  return { watch, heard };
}

const row = (id: string) => ({
  ...{ id, at: now, source: "gateway", modality: "face", outcome: "matched", reason: "matched" },
  ...{
    channel: "app",
    apiLatencyMs: 1,
    fingersSent: [],
    fingersNotMatched: [],
    loginOutcome: null,
    loginId: null,
  },
  subject: { state: "known", personId: "p", customId: "somebody" },
});
const batchOf = (ids: string[], passed = 0) => ({ rows: ids.map(row), passed }) as unknown as TailBatch;

const streamOf = (watch: HistoryWatch, more: Partial<Parameters<typeof composeEvents>[1]> = {}) =>
  composeEvents(watch, {
    memberId: "m",
    facets: noFacets(),
    showsPeople: true,
    findEnd: async () => null,
    everyMs: 60_000,
    ...more,
  });

async function nextOf(events: AsyncGenerator<TailEvent, void>) {
  const { value } = await events.next();
  return value;
}

test("who reads slowly hears of everything by its number, and nothing piles up", async () => {
  const { watch, heard } = fakeWatch();
  const events = streamOf(watch);
  expect(await nextOf(events)).toEqual({ type: "open" });
  heard.watcher?.onBatch(batchOf(Array.from({ length: 15 }, (_, place) => `a${place}`)));
  heard.watcher?.onBatch(
    batchOf(
      Array.from({ length: 15 }, (_, place) => `b${place}`),
      7,
    ),
  );
  const event = await nextOf(events);
  if (event?.type !== "rows") throw new Error("no rows were told");
  expect(event.rows).toHaveLength(SHOWN_AT_ONCE);
  expect(event.rows[0]?.id).toBe("b0");
  expect(event.passed).toBe(15 + 15 + 7 - SHOWN_AT_ONCE);
  await events.return();
  expect(heard.watcher).toBeNull();
});

test("who may not know who it was is sent no person", async () => {
  const { watch, heard } = fakeWatch();
  const events = streamOf(watch, { showsPeople: false });
  await events.next();
  heard.watcher?.onBatch(batchOf(["a"]));
  expect(JSON.stringify(await nextOf(events))).not.toMatch(/somebody|personId/);
  await events.return();
});

test("it says when the history cannot be read and when it can again, and ends with the session", async () => {
  const { watch, heard } = fakeWatch();
  const ends = { why: null as "session" | null };
  const events = streamOf(watch, { everyMs: 1, findEnd: async () => ends.why });
  await events.next();
  heard.watcher?.onAway();
  expect(await nextOf(events)).toEqual({ type: "away" });
  heard.watcher?.onBatch(null);
  expect(await nextOf(events)).toEqual({ type: "beat" });
  ends.why = "session";
  expect(await nextOf(events)).toEqual({ type: "end", why: "session" });
  expect((await events.next()).done).toBe(true);
  expect(heard.watcher).toBeNull();
});
