import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, policies } from "#db/schema/control.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { measureDay } from "./measure-day.ts";
import { preparePolicy } from "./prepare-policy.ts";
import { putPolicy } from "./put-policy.ts";
import { listPolicyVersions, readPolicyRun } from "./queries.ts";
import { replayDay } from "./replay-day.ts";
import { DEFAULT_POLICY_VALUES } from "./schema.ts";

// The month of the test run always has its partitions.
const NOW = new Date();
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const dimensions = {
  applicationId: newId(),
  channel: "web",
  deviceClass: "desktop_linux",
  purpose: "login",
  exposurePercent: 100,
};

async function emptied(tx: DatabaseOrTransaction) {
  for (const table of [verifications, loginOutcomes, logins, policies, gateways]) await tx.delete(table);
  await preparePolicy(tx, minutesAgo(3000));
}

type Made = {
  personId: string;
  minutes: number;
  outcomes: string[];
  source?: string;
  /** Between two tries. */
  apartMinutes?: number;
  /** Failures in a row that the first try recorded. */
  recorded?: number;
};

/** A login with its tries, one a minute, the first when it opens. */
async function made(
  tx: DatabaseOrTransaction,
  { personId, minutes, outcomes, source = "gateway", apartMinutes = 1, recorded }: Made,
) {
  const openedAt = minutesAgo(minutes);
  const loginId = newIdAt(openedAt);
  const { applicationId, ...shared } = dimensions;
  const rows = outcomes.map((outcome, place) => ({
    ...shared,
    id: newIdAt(openedAt),
    openedAt,
    loginId: source === "gateway" ? loginId : null,
    at: new Date(openedAt.getTime() + place * apartMinutes * 60_000),
    source,
    actorId: applicationId,
    personId,
    attempt: place + 1,
    modality: "face",
    outcome,
    reason: outcome === "matched" ? "matched" : "different_person",
    decision: outcome === "matched" ? "approved" : place === 2 ? "use_legacy" : "retry_capture",
    feedbackCode: "not_matched",
    catalogueVersion: 1,
    policyVersion: 1,
    apiLatencyMs: 300,
    gateway: "gw-1",
    failuresBefore: recorded === undefined ? null : recorded + place,
  }));
  await tx.insert(verifications).values(rows);
  return { loginId, openedAt };
}

test("the day holds the tries of logins opened in it, in order, and failures from before it", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const ana = newId();
    await made(tx, { personId: ana, minutes: 1500, outcomes: ["matched"] });
    await made(tx, { personId: ana, minutes: 1490, outcomes: ["not_matched", "not_matched", "not_matched"] });
    await made(tx, { personId: ana, minutes: 60, outcomes: ["not_matched", "matched"] });
    await made(tx, { personId: ana, minutes: 30, outcomes: ["not_matched"], source: "console" });
    const day = await measureDay(tx, NOW);
    expect(day.isWhole).toBe(true);
    expect(day.tries.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "not_matched"],
      [2, "matched"],
    ]);
    expect(day.failuresBefore.get(ana)).toBe(3);
    expect(day.policies.get(1)).toEqual(DEFAULT_POLICY_VALUES);
  }));

/** What a person did before the day, in minutes before it began, and how many failures in a row that is. */
const DAY = 1440;
const missed = (count: number) => Array<string>(count).fill("not_matched");
const BEFORE: Record<string, { tries: Omit<Made, "personId">[]; failures: number }> = {
  "days ago": {
    tries: [
      { minutes: 10 * DAY, outcomes: ["matched"] },
      { minutes: 9 * DAY, outcomes: missed(2) },
    ],
    failures: 2,
  },
  "months apart": {
    tries: [
      { minutes: 200 * DAY, outcomes: ["not_matched", "matched"] },
      { minutes: 100 * DAY, outcomes: missed(1) },
      { minutes: 20 * DAY, outcomes: missed(1) },
    ],
    failures: 2,
  },
  "without any match": {
    tries: [
      { minutes: 300 * DAY, outcomes: missed(1) },
      { minutes: 30 * DAY, outcomes: missed(2) },
    ],
    failures: 3,
  },
  "more than any limit": { tries: [{ minutes: DAY, outcomes: missed(12) }], failures: 10 },
  "with the API failing in between": {
    tries: [{ minutes: DAY, outcomes: ["matched", "not_matched", "api_error", "not_matched"] }],
    failures: 2,
  },
  // What is looked through first ends between the two openings, and the login that was opened first ends last.
  "in two logins at once": {
    tries: [
      { minutes: 35 * DAY + 5, outcomes: missed(2), apartMinutes: 25 },
      { minutes: 35 * DAY - 5, outcomes: ["matched"] },
    ],
    failures: 1,
  },
};

test.each(Object.entries(BEFORE))("failures %s are known at the day's beginning", (_, { tries, failures }) =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const first = minutesAgo(320 * DAY).toISOString();
    await tx.execute(sql`select make_event_partitions(${first}::date, ${NOW.toISOString()}::date)`);
    const ana = newId();
    for (const login of tries) await made(tx, { ...login, personId: ana, minutes: login.minutes + DAY });
    await made(tx, { personId: ana, minutes: 60, outcomes: ["not_matched", "matched"] });
    const day = await measureDay(tx, NOW);
    expect(day.failuresBefore.get(ana)).toBe(failures);
  }),
);

test("failures that the day's first try recorded are taken as they stood then", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const ana = newId();
    await made(tx, { personId: ana, minutes: 1490, outcomes: missed(3) });
    await made(tx, { personId: ana, minutes: 60, outcomes: ["not_matched", "not_matched"], recorded: 4 });
    await made(tx, { personId: ana, minutes: 30, outcomes: ["not_matched"], recorded: 6 });
    expect((await measureDay(tx, NOW)).failuresBefore.get(ana)).toBe(4);
  }));

test("a day that holds more is looked at from a later login on, with no login cut in two", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const ana = newId();
    for (const minutes of [90, 60, 30])
      await made(tx, { personId: ana, minutes, outcomes: ["not_matched", "not_matched", "matched"] });
    const day = await measureDay(tx, NOW, 4);
    expect(day.isWhole).toBe(false);
    expect(day.tries).toHaveLength(3);
    expect(day.from.getTime()).toBeGreaterThan(minutesAgo(60).getTime());
  }));

test("how logins ended is counted by whole minutes, and pauses are seen", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const end = (seconds: number, outcome: string, path = "biometric") => ({
      ...dimensions,
      loginId: newIdAt(minutesAgo(60)),
      openedAt: minutesAgo(60),
      at: new Date(minutesAgo(60).getTime() + seconds * 1000),
      path,
      pathReason: "exposed",
      outcome,
      fallbackReason: "none",
      attempts: 1,
    });
    await tx
      .insert(loginOutcomes)
      .values([
        end(61, "fell_back"),
        end(70, "fell_back"),
        end(601, "abandoned"),
        end(5, "completed_legacy", "legacy"),
      ]);
    const personId = newId();
    const openedAt = minutesAgo(20);
    const id = newIdAt(openedAt);
    await tx
      .insert(logins)
      .values({ ...dimensions, id, openedAt, personId, path: "legacy", reason: "paused" });
    const day = await measureDay(tx, NOW);
    expect(day.ends.toSorted((a, b) => a.minutes - b.minutes)).toEqual([
      { minutes: 2, byUs: false, count: 2 },
      { minutes: 11, byUs: true, count: 1 },
    ]);
    expect(day.offered).toBe(3);
    expect(day.pausedLogins).toEqual([{ personId, atMs: openedAt.getTime(), ended: null }]);
  }));

test("the day is replayed against the policy in force", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const outcomes = ["not_matched", "not_matched", "matched"];
    await made(tx, { personId: newId(), minutes: 60, outcomes });
    const wanted = { ...DEFAULT_POLICY_VALUES, attemptsBeforeFallback: 2 };
    const { replays, seen } = await replayDay(tx, await measureDay(tx, NOW), wanted);
    expect(seen.tries).toBe(3);
    expect(replays).toHaveLength(1);
    expect(replays[0]?.facts).toContainEqual({
      figure: "matchedLater",
      before: null,
      after: { kind: "exact", count: 1 },
    });
  }));

test("versions tell what each changed, by whom and why", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const member = await makeMember(tx);
    const stricter = { ...DEFAULT_POLICY_VALUES, attemptsBeforeFallback: 2 };
    const change = { values: stricter, basedOnVersion: 1, reason: "Too many guesses" };
    await putPolicy(tx, change, member, NOW);
    const [newest, first] = await listPolicyVersions(tx, 5);
    expect(newest).toMatchObject({ version: 2, changedBy: "administrator-01", reason: "Too many guesses" });
    expect(newest?.changes).toEqual([{ rule: "attemptsBeforeFallback", before: 3, after: 2 }]);
    expect(first).toMatchObject({ version: 1, changedBy: null, reason: null, changes: [] });
  }));

test("a gateway obeys, waits or is silent, and one that is long gone is not named", () =>
  inRolledBackTransaction(async (tx) => {
    await emptied(tx);
    const gateway = (name: string, seconds: number, policyVersion: number | null) => ({
      name,
      startedAt: minutesAgo(600),
      seenAt: new Date(NOW.getTime() - seconds * 1000),
      flagState: "connected",
      peopleCircuit: "closed",
      journalLines: 0,
      policyVersion,
      policyTakenAt: null,
    });
    await tx
      .insert(gateways)
      .values([
        gateway("a", 3, 1),
        gateway("b", 3, 0),
        gateway("c", 3, null),
        gateway("d", 40, 1),
        gateway("e", 3600, 1),
      ]);
    const run = await readPolicyRun(tx, NOW);
    expect(run?.gateways.map(({ name, state }) => [name, state])).toEqual([
      ["a", "obeys"],
      ["b", "waiting"],
      ["c", "waiting"],
      ["d", "silent"],
    ]);
  }));
