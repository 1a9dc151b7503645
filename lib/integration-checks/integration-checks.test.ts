import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { integrationPeople, integrationRuns } from "#db/schema/integration.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import type { ApiFailureCode, Multibiometrics } from "#lib/multibiometrics/types.ts";
import { closeLostRuns } from "./close-lost-runs.ts";
import { haltRun } from "./halt-run.ts";
import { openRun } from "./open-run.ts";
import { findOpenRun } from "./queries.ts";
import { confirmAnswer, NotATestPerson, registerTestPerson } from "./register-test-person.ts";
import { changedVerdicts, countVerdicts, isRight, TEST_ID_PREFIX } from "./rules.ts";
import { touchRun, touchStart } from "./touch-run.ts";

const start = new Date("2026-03-13T12:00:00Z");
const ORIGIN = "https://hml-api.example";
const checked = { origin: ORIGIN, kind: "staging", keyEnd: "52fa" } as const;
const QUIET_MS = 60_000;

/** An API that deletes whom it holds and knows nobody else. */
function apiHolding(...ids: string[]) {
  const held = new Set(ids);
  const call = {
    operation: "delete",
    status: 200,
    latencyMs: 1,
    tries: 1,
    message: null,
    answerSha256: null,
  } as const;
  let trouble: ApiFailureCode | null = null;
  const api: Pick<Multibiometrics, "delete"> = {
    delete: async (customId) => {
      if (trouble === null && held.delete(customId)) return { ok: true, value: { customId }, call };
      return { ok: false, code: trouble ?? "person_not_found", call, outcomeUnknown: false };
    },
  };
  const fail = (code: ApiFailureCode | null) => {
    trouble = code;
  };
  return { api, held, fail };
}

const idOf = (letter: string) => `${TEST_ID_PREFIX}0123456789ab-${letter}`;

const withRun = (check: (tx: DatabaseOrTransaction, runId: string, memberId: string) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    const memberId = newId();
    const opened = await openRun(tx, checked, { id: memberId, role: "administrator" }, start);
    if (!opened.ok) throw new Error(opened.code);
    await check(tx, opened.runId, memberId);
  });

test("one run is open at a time, and asking for it, stopping it and its end are audited", () =>
  withRun(async (tx, runId, memberId) => {
    const actor = { id: memberId, role: "administrator" } as const;
    expect(await openRun(tx, checked, actor, start)).toEqual({ ok: false, code: "already_open" });
    expect(await touchStart(tx, runId, start)).toBe(true);
    expect(await touchStart(tx, runId, start)).toBe(false);
    expect(await touchRun(tx, runId, start)).toBe("goes_on");
    expect(await haltRun(tx, runId, actor, start)).toEqual({ ok: true });
    expect(await haltRun(tx, runId, actor, start)).toEqual({ ok: false, code: "not_found" });
    expect(await touchRun(tx, runId, start)).toBe("stop");
    const desk = { db: tx, api: apiHolding().api, clock: () => start, quietMs: QUIET_MS };
    await closeLostRuns(desk, ORIGIN);
    expect(await touchRun(tx, runId, start)).toBe("lost");
    expect(await findOpenRun(tx)).toBeNull();
    const entries = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, runId));
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "integration_run.halt",
      "integration_run.open",
      "integration_run.settle",
    ]);
  }));

test("nobody is sent to be enrolled who stands in people, or without the prefix of checks", () =>
  withRun(async (tx, runId) => {
    const customId = idOf("a");
    await tx.insert(people).values({
      ...{ id: newId(), customId, customIdFolded: customId, status: "enrolled" as const, bucket: 1 },
      ...{ legalBasis: "lgpd_11_i_consent", createdAt: start },
    });
    for (const id of [customId, "maria"])
      await expect(registerTestPerson(tx, { customId: id, runId }, start)).rejects.toThrow(NotATestPerson);
    expect(await tx.select().from(integrationPeople)).toEqual([]);
  }));

test("what a run left is deleted until nobody is found; who may still arrive is asked about again when nothing can", () =>
  withRun(async (tx, runId) => {
    const [answered, cutOff] = [idOf("a"), idOf("b")];
    await registerTestPerson(tx, { customId: answered, runId }, start);
    await confirmAnswer(tx, answered, start);
    await registerTestPerson(tx, { customId: cutOff, runId }, start);
    await touchStart(tx, runId, start);
    const { api, held, fail } = apiHolding(answered);
    let now = start;
    const desk = { db: tx, api, clock: () => now, quietMs: QUIET_MS };
    fail("unreachable");
    expect(await closeLostRuns(desk, "https://another.example")).toBe(0);
    expect(await closeLostRuns(desk, ORIGIN)).toBe(2);
    fail(null);
    now = new Date(start.getTime() + QUIET_MS - 1);
    // Tried a moment ago: not yet again.
    expect(await closeLostRuns(desk, ORIGIN)).toBe(0);
    expect(held.size).toBe(1);
    now = new Date(start.getTime() + 61_000);
    held.add(cutOff);
    expect(await closeLostRuns(desk, ORIGIN)).toBe(0);
    expect(held.size).toBe(0);
    const left = (await tx.select().from(integrationPeople)).filter(({ goneAt }) => goneAt === null);
    expect(left).toEqual([]);
  }));

test("who may still arrive is gone only where nothing could arrive any more when they were asked about", () =>
  withRun(async (tx, runId) => {
    await registerTestPerson(tx, { customId: idOf("b"), runId }, start);
    await touchStart(tx, runId, start);
    let now = new Date(start.getTime() + QUIET_MS - 1);
    const { api } = apiHolding();
    const slow: typeof api = {
      async delete(customId) {
        const answer = await api.delete(customId);
        now = new Date(now.getTime() + 3_000);
        return answer;
      },
    };
    const desk = { db: tx, api: slow, clock: () => now, quietMs: QUIET_MS };
    expect(await closeLostRuns(desk, ORIGIN)).toBe(1);
    now = new Date(start.getTime() + 2 * QUIET_MS + 3_000);
    expect(await closeLostRuns(desk, ORIGIN)).toBe(0);
  }));

test("the people of a run that goes on are left to it", () =>
  withRun(async (tx, runId) => {
    await registerTestPerson(tx, { customId: idOf("a"), runId }, start);
    const { api, held } = apiHolding(idOf("a"));
    // Waiting runs are not lost: only one that runs without its maker is.
    await closeLostRuns({ db: tx, api, clock: () => start, quietMs: QUIET_MS }, ORIGIN);
    expect(held.size).toBe(1);
    expect((await tx.select().from(integrationRuns).where(eq(integrationRuns.id, runId)))[0]?.state).toBe(
      "asked",
    );
  }));

test("a run against an API that nobody is set to any more does not stand in the way for ever", () =>
  withRun(async (tx, runId, memberId) => {
    const other = "https://api.example";
    const desk = (minutes: number) => {
      const now = new Date(start.getTime() + minutes * 60_000);
      return { db: tx, api: apiHolding().api, clock: () => now, quietMs: QUIET_MS };
    };
    await closeLostRuns(desk(9), other);
    await closeLostRuns(desk(60), ORIGIN);
    expect((await findOpenRun(tx))?.id).toBe(runId);
    await closeLostRuns(desk(10), other);
    expect(await findOpenRun(tx)).toBeNull();
    const actor = { id: memberId, role: "administrator" } as const;
    expect(await openRun(tx, { ...checked, origin: other }, actor, start)).toMatchObject({ ok: true });
  }));

test("right is what passes, differs and is handled, or is not in the plan", () => {
  const counts = countVerdicts([
    { verdict: "pass" },
    { verdict: "differs" },
    { verdict: "not_in_plan" },
    { verdict: null },
  ]);
  expect(isRight(counts)).toBe(true);
  expect(isRight({ ...counts, fail: 1 })).toBe(false);
  expect(isRight({ ...counts, not_tried: 1 })).toBe(false);
  const before = new Map([
    ["enrol", "pass"],
    ["delete", "pass"],
  ] as const);
  expect(
    changedVerdicts(
      new Map([
        ["enrol", "fail"],
        ["liveness", "pass"],
      ] as const),
      before,
    ),
  ).toEqual(["enrol"]);
});
