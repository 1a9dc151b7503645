import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { members } from "#db/schema/members.ts";
import { enrolments } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId, newIdAt, timeOfId } from "#lib/ids.ts";
import { recordView } from "#lib/people/record-view.ts";
import {
  findLastEnrolment,
  findLastLogin,
  findLogin,
  getPersonFigures,
  listTimeline,
  type TimelineQuery,
} from "./queries.ts";

// The partitions of a test run begin a month before it: the rows must lie near the real present.
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const place = { purpose: "login", channel: "web", deviceClass: "other", exposurePercent: 25 };

type World = { tx: DatabaseOrTransaction; personId: string; applicationId: string };

const withPerson = (check: (world: World) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    const applicationId = newId();
    await tx
      .insert(applications)
      .values({ id: applicationId, name: `Sample ${applicationId}`, createdAt: now });
    await check({ tx, personId: newId(), applicationId });
  });

type Ending = { outcome: string; fallbackReason?: string };

async function addLogin(world: World, minutes: number, tries: string[], ending: Ending | null) {
  const { tx, personId, applicationId } = world;
  const id = newIdAt(minutesAgo(minutes));
  const openedAt = timeOfId(id);
  const path = { path: "biometric", pathReason: "exposed" };
  await tx
    .insert(logins)
    .values({ id, openedAt, applicationId, personId, path: path.path, reason: path.pathReason, ...place });
  for (const [index, reason] of tries.entries()) {
    const matched = reason === "matched";
    await tx.insert(verifications).values({
      id: newId(),
      openedAt,
      loginId: id,
      at: new Date(openedAt.getTime() + (index + 1) * 1000),
      source: "gateway",
      actorId: applicationId,
      personId,
      attempt: index + 1,
      modality: "face",
      outcome: matched ? "matched" : "capture_refused",
      reason,
      decision: matched ? "approved" : "retry_capture",
      feedbackCode: "welcome",
      catalogueVersion: 1,
      policyVersion: 1,
      apiLatencyMs: 300 + index * 100,
      gateway: "sample",
      ...place,
    });
  }
  if (ending)
    await tx.insert(loginOutcomes).values({
      loginId: id,
      openedAt,
      at: new Date(openedAt.getTime() + 9000),
      applicationId,
      personId,
      attempts: tries.length,
      fallbackReason: "none",
      ...path,
      ...ending,
      ...place,
    });
  return { id, openedAt };
}

const timeline = (world: World, more: Partial<TimelineQuery> = {}) =>
  listTimeline(world.tx, { personId: world.personId, kind: null, before: null, limit: 20, ...more });

test("the last login is told with its tries in order and its end", () =>
  withPerson(async (world) => {
    await addLogin(world, 90, ["matched"], { outcome: "completed_biometric" });
    const { id } = await addLogin(world, 30, ["too_dark", "blurred"], {
      outcome: "fell_back",
      fallbackReason: "capture_quality",
    });
    const last = await findLastLogin(world.tx, world.personId);
    expect(last).toMatchObject({ id, path: "biometric", application: `Sample ${world.applicationId}` });
    expect(last?.tries.map(({ reason }) => reason)).toEqual(["too_dark", "blurred"]);
    expect(last?.end).toMatchObject({ outcome: "fell_back", fallbackReason: "capture_quality" });
  }));

test("a login that has not ended has no end, and a person without logins has no last one", () =>
  withPerson(async (world) => {
    expect(await findLastLogin(world.tx, world.personId)).toBeNull();
    const { id, openedAt } = await addLogin(world, 1, [], null);
    expect(await findLastLogin(world.tx, world.personId)).toMatchObject({ id, end: null, tries: [] });
    expect(await findLogin(world.tx, id, openedAt)).toMatchObject({ id });
    expect(await findLogin(world.tx, newId(), openedAt)).toBeNull();
  }));

test("the history mixes logins, enrolments, checks and looks, newest first, and names who caused each", () =>
  withPerson(async (world) => {
    const { tx, personId, applicationId } = world;
    const memberId = newId();
    const member = { role: "administrator", passwordHash: "none", createdAt: now } as const;
    await tx
      .insert(members)
      .values({ id: memberId, email: `${memberId}@example.com`, name: "admin-07", ...member });
    await tx.insert(enrolments).values({
      id: newId(),
      personId,
      kind: "enrol",
      state: "succeeded",
      face: true,
      fingers: [2, 7],
      source: "gateway",
      actorId: applicationId,
      intendedAt: minutesAgo(60),
    });
    await addLogin(world, 30, ["matched"], { outcome: "completed_biometric" });
    const subject = { customId: `sample-${personId}`, key: AUDIT_KEY };
    await recordView(tx, { id: memberId, role: "administrator" }, { personId, subject }, minutesAgo(5));
    const { entries, hasMore } = await timeline(world);
    expect(entries.map(({ kind, who }) => [kind, who])).toEqual([
      ["view", "admin-07"],
      ["login", `Sample ${applicationId}`],
      ["enrolment", `Sample ${applicationId}`],
    ]);
    expect(entries[1]).toMatchObject({ modality: "face", apiLatencyMs: 300, attempts: 1 });
    expect(hasMore).toBe(false);
    const kindsOf = async (kind: TimelineQuery["kind"]) =>
      (await timeline(world, { kind })).entries.map((entry) => entry.kind);
    expect(await kindsOf("logins")).toEqual(["login"]);
    expect(await kindsOf("changes")).toEqual(["enrolment"]);
    expect(await kindsOf("views")).toEqual(["view"]);
  }));

test("older lines follow the last one shown, without a gap or a repetition", () =>
  withPerson(async (world) => {
    for (let minutes = 1; minutes <= 5; minutes += 1)
      await addLogin(world, minutes, [], { outcome: "completed_legacy" });
    const first = await timeline(world, { limit: 3 });
    const second = await timeline(world, { limit: 3, before: first.entries.at(-1)?.at ?? null });
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
    expect(new Set(ids).size).toBe(5);
  }));

test("the figures count the person's own rows in the window only", () =>
  withPerson(async (world) => {
    await addLogin(world, 10, ["too_dark", "matched"], { outcome: "completed_biometric" });
    await addLogin(world, 20, ["too_dark"], { outcome: "fell_back" });
    await addLogin(world, 300, ["matched"], { outcome: "completed_biometric" });
    expect(await getPersonFigures(world.tx, world.personId, minutesAgo(60))).toEqual({
      logins: 2,
      offered: 2,
      completedBiometric: 1,
      fellBack: 1,
      verifications: 3,
      faceLatencyMsMedian: 300,
    });
    expect(await getPersonFigures(world.tx, newId(), minutesAgo(60))).toMatchObject({
      logins: 0,
      faceLatencyMsMedian: null,
    });
  }));

test("of several attempts to enrol somebody the last one counts, and without one there is none", () =>
  withPerson(async ({ tx, personId, applicationId }) => {
    expect(await findLastEnrolment(tx, personId)).toBeNull();
    const attempt = {
      personId,
      kind: "enrol",
      face: true,
      source: "gateway",
      actorId: applicationId,
    } as const;
    await tx.insert(enrolments).values([
      { ...attempt, id: newId(), state: "unknown", intendedAt: minutesAgo(9) },
      { ...attempt, id: newId(), state: "refused", reason: "too_dark", intendedAt: minutesAgo(3) },
    ]);
    expect(await findLastEnrolment(tx, personId)).toEqual({
      at: minutesAgo(3),
      state: "refused",
      reason: "too_dark",
    });
  }));

test("the login that a wider rollout first offered biometrics to is told as that", () =>
  withPerson(async (world) => {
    const { tx, personId, applicationId } = world;
    const path = { applicationId, personId, ...place };
    for (const [minutes, reason, exposurePercent] of [
      [40, "not_exposed", 5],
      [30, "not_exposed", 5],
      [20, "exposed", 25],
      [10, "exposed", 25],
    ] as const) {
      const id = newIdAt(minutesAgo(minutes));
      const legacy = reason === "not_exposed" ? "legacy" : "biometric";
      const opened = { id, openedAt: timeOfId(id), path: legacy, reason };
      await tx.insert(logins).values({ ...path, ...opened, exposurePercent });
    }
    const { entries } = await timeline(world);
    const reached = entries.map((entry) => entry.kind === "login" && entry.reachedPercent);
    expect(reached).toEqual([null, 25, null, null]);
  }));
