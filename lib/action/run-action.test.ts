import { desc } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/members/schema.ts";
import { type ActionWorld, runAction } from "./run-action.ts";
import type { ActionDefinition } from "./types.ts";

const input = z.object({ name: z.string().min(2) });
const NOW = new Date("2026-03-13T12:00:00.000Z");
type Definition = ActionDefinition<typeof input, string>;

function viewerOf(role: Role): Viewer {
  const proof = { provedAt: NOW, provedWith: "totp", hasCodeApp: true, hasPassword: true } as const;
  return {
    memberId: newId(),
    sessionId: newId(),
    name: "x",
    email: "x@company.example",
    role,
    proof: { ...proof, hasIdentity: false },
  };
}

function worldOf(db: DatabaseOrTransaction, viewer: Viewer | null) {
  return {
    db,
    now: NOW,
    requestId: "4f91c2e0",
    secondFactor: "required",
    findViewer: async () => (viewer ? { ok: true, viewer } : { ok: false, end: "none" }),
    refresh: vi.fn(),
    rethrowFramework: vi.fn(),
    logFailure: vi.fn(),
    logStranger: vi.fn(),
  } satisfies ActionWorld;
}

const definitionOf = (run: Definition["run"]): Definition => ({
  name: "person.verify",
  permission: "person.verify",
  input,
  run,
});

const done: Definition["run"] = async (_, { name }) => ({ ok: true, data: `hello ${name}` });

test("an action that may be done is done, and the pages load anew", () =>
  inRolledBackTransaction(async (tx) => {
    const viewer = viewerOf("administrator");
    const world = worldOf(tx, viewer);
    const run = vi.fn(done);
    expect(await runAction(definitionOf(run), world, { name: "ana" })).toEqual({
      ok: true,
      data: "hello ana",
    });
    expect(run.mock.calls[0]?.[0]).toMatchObject({
      viewer: { ...viewer, grant: "full" },
      requestId: "4f91c2e0",
    });
    expect(world.refresh).toHaveBeenCalledOnce();
  }));

test("nobody signed in does nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const run = vi.fn(done);
    const world = worldOf(tx, null);
    const result = await runAction(definitionOf(run), world, { name: "ana" });
    expect(result).toEqual({ ok: false, error: { code: "signed_out", requestId: "4f91c2e0" } });
    expect(run).not.toHaveBeenCalled();
    expect(world.logStranger).toHaveBeenCalledOnce();
  }));

test("a disabled member with a session from before does nothing, and the try is audited", () =>
  inRolledBackTransaction(async (tx) => {
    const disabled = { id: newId(), role: "administrator" } as const;
    const run = vi.fn(done);
    const findViewer = async () => ({ ok: false, end: "ended", disabled }) as const;
    const world = { ...worldOf(tx, null), findViewer };
    const result = await runAction(definitionOf(run), world, { name: "ana" });
    expect(result).toEqual({ ok: false, error: { code: "signed_out", requestId: "4f91c2e0" } });
    expect(run).not.toHaveBeenCalled();
    const [entry] = await tx.select().from(auditEntries).orderBy(desc(auditEntries.at)).limit(1);
    expect(entry).toMatchObject({ actorId: disabled.id, details: { because: "disabled" } });
  }));

test.each(["compliance_officer", "product_manager", "viewer"] as const)(
  "a %s is refused before the input is looked at, and the refusal is audited",
  (role) =>
    inRolledBackTransaction(async (tx) => {
      const viewer = viewerOf(role);
      const run = vi.fn(done);
      const result = await runAction(definitionOf(run), worldOf(tx, viewer), { name: 1 });
      expect(result).toMatchObject({ ok: false, error: { code: "forbidden" } });
      expect(run).not.toHaveBeenCalled();
      const [entry] = await tx.select().from(auditEntries).orderBy(desc(auditEntries.at)).limit(1);
      expect(entry).toMatchObject({
        action: "action.refuse",
        outcome: "refused",
        actorId: viewer.memberId,
        actorRole: role,
        details: { action: "person.verify", permission: "person.verify", because: "role" },
      });
    }),
);

test("a dangerous act asks for a proof before the input is looked at, and that is audited", () =>
  inRolledBackTransaction(async (tx) => {
    const viewer = viewerOf("administrator");
    const stale = { ...viewer.proof, provedAt: new Date(NOW.getTime() - 5 * 60_000) };
    const run = vi.fn(done);
    const dangerous = { ...definitionOf(run), permission: "applications.change" } as const;
    const result = await runAction(dangerous, worldOf(tx, { ...viewer, proof: stale }), { name: 1 });
    expect(result).toMatchObject({ ok: false, error: { code: "step_up_required", stepUp: "code" } });
    expect(run).not.toHaveBeenCalled();
    const [entry] = await tx.select().from(auditEntries).orderBy(desc(auditEntries.at)).limit(1);
    expect(entry).toMatchObject({ action: "action.refuse", details: { because: "proof" } });
    expect(await runAction(dangerous, worldOf(tx, viewer), { name: "ana" })).toMatchObject({ ok: true });
  }));

test("where a second factor is required nothing goes without one, but the account's own page and signing out", () =>
  inRolledBackTransaction(async (tx) => {
    const viewer = viewerOf("administrator");
    const bare = { ...viewer.proof, provedWith: "password", hasCodeApp: false } as const;
    const tried = (permission: Definition["permission"]) =>
      runAction({ ...definitionOf(done), permission }, worldOf(tx, { ...viewer, proof: bare }), {
        name: "ana",
      });
    expect(await tried("people.search")).toMatchObject({ error: { stepUp: "set_up" } });
    expect(await tried("account.set_up")).toMatchObject({ ok: true });
    expect(await tried("session.end")).toMatchObject({ ok: true });
  }));

test("bad input is told field by field and reaches nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const run = vi.fn(done);
    const world = worldOf(tx, viewerOf("administrator"));
    const result = await runAction(definitionOf(run), world, { name: "a" });
    expect(result).toMatchObject({
      ok: false,
      error: { code: "invalid_input", fields: { name: [expect.any(String)] } },
    });
    expect(run).not.toHaveBeenCalled();
    expect(world.refresh).not.toHaveBeenCalled();
  }));

test("a form is read like an object, a name sent twice as a list", () =>
  inRolledBackTransaction(async (tx) => {
    const form = new FormData();
    form.append("name", "ana");
    form.append("tag", "a");
    form.append("tag", "b");
    const list: ActionDefinition<z.ZodType, unknown> = {
      ...definitionOf(done),
      input: z.object({ name: z.string(), tag: z.array(z.string()) }),
      run: async (_, parsed) => ({ ok: true, data: parsed }),
    };
    const result = await runAction(list, worldOf(tx, viewerOf("administrator")), form);
    expect(result).toEqual({ ok: true, data: { name: "ana", tag: ["a", "b"] } });
  }));

test("a refusal of the domain is passed on by its code", () =>
  inRolledBackTransaction(async (tx) => {
    const world = worldOf(tx, viewerOf("administrator"));
    const result = await runAction(
      definitionOf(async () => ({ ok: false, code: "conflict" })),
      world,
      { name: "ana" },
    );
    expect(result).toEqual({ ok: false, error: { code: "conflict", requestId: "4f91c2e0" } });
    expect(world.refresh).not.toHaveBeenCalled();
  }));

test.each([
  { error: new Error("a secret detail"), code: "unexpected" },
  {
    error: new Error("failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
    code: "unavailable",
  },
  { error: Object.assign(new Error("shutting down"), { code: "57P01" }), code: "unavailable" },
])("a failure is logged and leaves as $code, never as its own text", ({ error, code }) =>
  inRolledBackTransaction(async (tx) => {
    const world = worldOf(tx, viewerOf("administrator"));
    const fails: Definition["run"] = () => Promise.reject(error);
    const result = await runAction(definitionOf(fails), world, { name: "ana" });
    expect(result).toEqual({ ok: false, error: { code, requestId: "4f91c2e0" } });
    expect(world.logFailure).toHaveBeenCalledWith(error, "4f91c2e0");
  }),
);

test("what belongs to the framework passes through", () =>
  inRolledBackTransaction(async (tx) => {
    const redirect = new Error("NEXT_REDIRECT");
    const world = {
      ...worldOf(tx, viewerOf("administrator")),
      rethrowFramework: (error: unknown) => {
        throw error;
      },
    };
    const run = runAction(
      definitionOf(() => Promise.reject(redirect)),
      world,
      { name: "ana" },
    );
    await expect(run).rejects.toBe(redirect);
  }));
