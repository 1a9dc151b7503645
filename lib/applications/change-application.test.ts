import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { changeApplication } from "./change-application.ts";
import { disableApplication } from "./disable-application.ts";
import { enableApplication } from "./enable-application.ts";
import { listApplications, listLiveKeys } from "./queries.ts";
import { makeApplication } from "./testing/make-application.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const changed = { name: "Bruma Pages", channels: ["web", "kiosk"] };

const entriesOf = (tx: DatabaseOrTransaction, id: string) =>
  tx.select().from(auditEntries).where(eq(auditEntries.entityId, id));

test("a changed name and channels are in force, and the entry holds both sides", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId, keyId } = await makeApplication(tx, at);
    const change = { applicationId, version: 1, ...changed };
    expect(await changeApplication(tx, change, system, at)).toEqual({ ok: true });
    expect((await listLiveKeys(tx)).find((key) => key.keyId === keyId)?.channels).toEqual(changed.channels);
    const entry = (await entriesOf(tx, applicationId)).find(({ action }) => action === "application.change");
    expect(entry?.details).toEqual({ before: { name: "Bruma Web", channels: ["web"] }, after: changed });
  }));

test("of two administrators who change the same application the second is told, and writes nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId } = await makeApplication(tx, at);
    const based = { applicationId, version: 1 };
    await changeApplication(tx, { ...based, ...changed }, system, at);
    const late = { ok: false, code: "stale_version" };
    expect(await changeApplication(tx, { ...based, ...changed, name: "Mine" }, system, at)).toEqual(late);
    expect(await disableApplication(tx, { ...based, reason: "incident" }, system, at)).toEqual(late);
    const [found] = (await listApplications(tx, at)).filter(({ id }) => id === applicationId);
    expect(found).toMatchObject({ name: changed.name, version: 2, disabledAt: null });
  }));

test("a name another application has is refused, its own is not", () =>
  inRolledBackTransaction(async (tx) => {
    await makeApplication(tx, at, changed.name);
    const { applicationId } = await makeApplication(tx, at);
    const change = { applicationId, version: 1, ...changed };
    expect(await changeApplication(tx, change, system, at)).toEqual({ ok: false, code: "name_taken" });
    const own = { ...change, name: "Bruma Web" };
    expect(await changeApplication(tx, own, system, at)).toEqual({ ok: true });
    const nowhere = { ...change, applicationId: newId() };
    expect(await changeApplication(tx, nowhere, system, at)).toEqual({ ok: false, code: "not_found" });
  }));

test("a disabled application opens the gateway with no key, and with the same ones once enabled", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId, keyId } = await makeApplication(tx, at);
    const isLive = async () => (await listLiveKeys(tx)).some((key) => key.keyId === keyId);
    const disable = { applicationId, version: 1, reason: "incident" } as const;
    expect(await disableApplication(tx, disable, system, at)).toEqual({ ok: true });
    expect(await isLive()).toBe(false);
    const [found] = (await listApplications(tx, at)).filter(({ id }) => id === applicationId);
    expect(found).toMatchObject({ standing: "disabled", version: 2 });
    const again = { ...disable, version: 2 };
    expect(await disableApplication(tx, again, system, at)).toMatchObject({ code: "stale_version" });
    expect(await enableApplication(tx, { applicationId, version: 2 }, system, at)).toEqual({ ok: true });
    expect(await isLive()).toBe(true);
    const actions = (await entriesOf(tx, applicationId)).map(({ action }) => action).sort();
    expect(actions).toEqual(["application.create", "application.disable", "application.enable"]);
  }));
