import { expect, test } from "vitest";
import { members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { listChanges } from "./queries.ts";
import { recordAudit } from "./record-audit.ts";
import { changesToldTo } from "./rules.ts";
import { AUDIT_KEY } from "./testing/audit-key.ts";

const at = (minute: number) => new Date(Date.UTC(2099, 0, 1, 12, minute));

test("changes come newest first with who made them, and nothing that is no change of the installation", () =>
  inRolledBackTransaction(async (tx) => {
    const id = newId();
    await tx.insert(members).values({
      id,
      email: `${id}@example.com`,
      name: "Ana",
      role: "administrator",
      passwordHash: "none",
      createdAt: at(0),
    });
    const ana = { id, role: "administrator" } as const;
    const details = { before: null, after: DEFAULT_POLICY_VALUES };
    const system = { id: null, role: "system" } as const;
    await recordAudit(tx, {
      action: "policy.change",
      actor: ana,
      at: at(1),
      entity: { type: "policy", id: "7" },
      details: { reason: null, ...details },
    });
    await recordAudit(tx, {
      action: "person.view",
      actor: ana,
      at: at(2),
      entity: { type: "person", id: newId() },
      subject: { customId: "sample-1", key: AUDIT_KEY },
      details: {},
    });
    await recordAudit(tx, {
      action: "application.create",
      actor: system,
      at: at(3),
      entity: { type: "application", id },
      details: { name: "App", channels: [] },
    });
    const told = async (role: Parameters<typeof changesToldTo>[0]) =>
      (await listChanges(tx, changesToldTo(role), 2)).map(({ action, by, entityId }) => [
        action,
        by,
        entityId,
      ]);
    expect(await told("administrator")).toEqual([
      ["application.create", null, id],
      ["policy.change", "Ana", "7"],
    ]);
    expect((await told("viewer")).flat()).not.toContain("policy.change");
  }));

test("a role is told of the changes of what it may read, and of no other", () => {
  expect(changesToldTo("viewer")).toEqual(["rollout_intent.prepare"]);
  expect(changesToldTo("compliance_officer")).toEqual(["rollout_intent.prepare", "retention.change"]);
  expect(changesToldTo("product_manager")).toContain("policy.change");
  expect(changesToldTo("product_manager")).not.toContain("retention.change");
});
