import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEntries, auditLeaves, auditVerifications } from "#db/schema/audit.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { checkpointSigner, openCheckpoint } from "#lib/transparency/checkpoint.ts";
import { isIncluded } from "#lib/transparency/proofs.ts";
import { completeVerification } from "./complete-verification.ts";
import { keepLog } from "./keep-log.ts";
import { findVerification, listCheckpoints, proveEntry } from "./queries.ts";
import { requestVerification } from "./request-verification.ts";
import { sealEntries } from "./seal-entries.ts";
import { writeEntries } from "./testing/write-entries.ts";

const at = new Date("2026-03-13T12:00:00Z");
const signer = checkpointSigner("ab".repeat(32));
const member = { id: newId(), role: "compliance_officer" } as const;

let fresh: FreshDatabase;
let folder: string;
beforeEach(async () => {
  fresh = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "gatehouse-verify-"));
  return async () => {
    rmSync(folder, { recursive: true });
    await fresh.drop();
  };
});

const clock = () => at;
const log = { info: () => undefined, error: () => undefined };
const keep = () => keepLog({ db: fresh.db, signer, folder, clock, log }, "demand");
const complete = (signal = new AbortController().signal) =>
  completeVerification({ db: fresh.db, verifierKey: signer.verifierKey, folder, clock, signal });
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

test("a log nobody touched verifies whole, and the row that asked for it tells how far it is and what was found", async () => {
  await writeEntries(fresh.db, 1_300, at);
  await keep();
  const { verificationId } = await requestVerification(fresh.db, member, at);
  expect(await findVerification(fresh.db, verificationId)).toMatchObject({
    isNightly: false,
    checked: 0,
    findings: null,
    treeSize: 1_300,
  });
  expect(await complete()).toEqual({ id: verificationId, treeSize: 1_300, findings: [] });
  expect(await findVerification(fresh.db, verificationId)).toMatchObject({
    checked: 1_300,
    findings: [],
    finishedAt: at,
  });
  expect(await complete()).toBeNull();
  const [asked] = await fresh.db.select().from(auditEntries).where(eq(auditEntries.action, "audit.verify"));
  expect(asked).toMatchObject({ actorId: member.id, entityId: verificationId, details: { treeSize: 1_300 } });
});

test("who asks while one is under way follows that one", async () => {
  const asked = await Promise.all([1, 2, 3].map(() => requestVerification(fresh.db, member, at)));
  expect(new Set(asked.map(({ verificationId }) => verificationId)).size).toBe(1);
  expect(await fresh.db.select().from(auditVerifications)).toHaveLength(1);
});

test("one that was cut off begins anew", async () => {
  await writeEntries(fresh.db, 10, at);
  await keep();
  const { verificationId } = await requestVerification(fresh.db, member, at);
  expect(await complete(AbortSignal.abort())).toBeNull();
  expect(await complete()).toMatchObject({ id: verificationId, findings: [] });
});

test("what is found is kept with its first place, and told to who wants to know", async () => {
  await fresh.db.insert(notificationTargets).values({
    id: newId(),
    kind: "webhook",
    name: "on call",
    address: "https://receiver.example",
    events: ["audit.verification_failed"],
    locale: "en",
    secretSealed: "sealed",
    createdAt: at,
  });
  await writeEntries(fresh.db, 600, at);
  await keep();
  await fresh.sql.unsafe(
    "alter table audit_entries disable trigger user; alter table audit_nodes disable trigger user",
  );
  await fresh.sql`update audit_entries set actor_role = 'viewer' where id in
    (select entry_id from audit_leaves where sequence in (7, 9))`;
  await fresh.sql`update audit_nodes set hash = '\\x00' where level = 1 and index = 1`;
  await fresh.sql`insert into audit_entries (id, at, actor_role, action, entity_type, outcome, details)
    values ('018f0000-0000-7000-8000-00000000beef', now(), 'administrator', 'person.view', 'person', 'done', '{}')`;
  await fresh.sql`delete from audit_unsealed`;
  const { verificationId } = await requestVerification(fresh.db, { id: null, role: "system" }, at);
  const done = await complete();
  expect(done?.findings).toEqual([
    { code: "entry_altered", sequence: 7, entryId: expect.any(String), count: 2 },
    { code: "node_altered", sequence: 256, entryId: null, count: 1 },
    {
      code: "entry_without_place",
      sequence: null,
      entryId: "018f0000-0000-7000-8000-00000000beef",
      count: 1,
    },
  ]);
  expect(await fresh.db.select().from(notificationEvents)).toMatchObject([
    { data: { verificationId, codes: ["entry_altered", "node_altered", "entry_without_place"] } },
  ]);
});

test("an entry's proof holds against the newest checkpoint that covers it", async () => {
  await writeEntries(fresh.db, 700, at);
  await keep();
  await writeEntries(fresh.db, 1, new Date(at.getTime() + 9_000_000));
  await sealEntries(fresh.db, at);
  const leaves = await fresh.db.select().from(auditLeaves);
  for (const sequence of [0, 255, 256, 699]) {
    const entryId = leaves.find((leaf) => leaf.sequence === sequence)?.entryId ?? "";
    const proved = await proveEntry(fresh.db, entryId);
    const checkpoint = openCheckpoint(proved?.checkpoint?.note ?? "", signer.verifierKey);
    if (!proved?.checkpoint || checkpoint === null) throw new Error("There is no checkpoint.");
    const { leaf, checkpoint: signed } = proved;
    const proof = signed.proof.map(bytes);
    const { size, root } = checkpoint;
    expect(isIncluded({ leaf: bytes(leaf), index: sequence, size, proof, root })).toBe(true);
  }
  const last = leaves.find(({ sequence }) => sequence === 700)?.entryId ?? "";
  expect(await proveEntry(fresh.db, last)).toMatchObject({ sequence: 700, checkpoint: null });
  expect(await proveEntry(fresh.db, newId())).toBeNull();
});

test("a checkpoint says where it is kept outside the database: in our file, and at webhooks that took it", async () => {
  await fresh.db.insert(notificationTargets).values({
    id: newId(),
    kind: "webhook",
    name: "archive",
    address: "https://receiver.example",
    events: ["audit.checkpoint_signed"],
    locale: "en",
    secretSealed: "sealed",
    createdAt: at,
  });
  await writeEntries(fresh.db, 3, at);
  await keep();
  expect(await listCheckpoints(fresh.db, 10)).toMatchObject([{ treeSize: 3, keptInFileAt: at, webhooks: 0 }]);
  await fresh.sql`update notification_deliveries set state = 'delivered'`;
  expect(await listCheckpoints(fresh.db, 10)).toMatchObject([{ treeSize: 3, cause: "demand", webhooks: 1 }]);
});
