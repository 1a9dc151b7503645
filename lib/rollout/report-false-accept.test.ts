import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { falseAccepts } from "#db/schema/rollouts.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { reportLogin } from "#lib/logins/report-login.ts";
import { sampleLogin } from "#lib/recording/testing/sample-events.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import { reportFalseAccept } from "./report-false-accept.ts";
import { ROLLOUT_EVIDENCE_CHANNEL } from "./schema.ts";

const AT = new Date();
const LATER = new Date(AT.getTime() + 1000);
const officer = { id: newId(), role: "compliance_officer" as const };
const login = sampleLogin(AT);

let database: FreshDatabase;
const words: string[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  await writeEvents(database.sql, { opened: [login] });
  await database.sql.listen(ROLLOUT_EVIDENCE_CHANNEL, (word) => words.push(word));
});
afterAll(() => database.drop());

/** How many words came until now: what was said before on one connection is heard before what is said after. */
async function heard(): Promise<number> {
  await database.sql`select pg_notify(${ROLLOUT_EVIDENCE_CHANNEL}, 'asked')`;
  await expect.poll(() => words.includes("asked")).toBe(true);
  const count = words.filter((word) => word !== "asked").length;
  words.length = 0;
  return count;
}

test("a false accept wakes the judge, told by an application or by a member; another report does not", async () => {
  const report = { loginId: login.id, applicationId: login.applicationId, note: "A twin got in." };
  await reportLogin(database.db, { ...report, kind: "other" }, AT);
  expect(await heard()).toBe(0);
  await reportLogin(database.db, { ...report, kind: "false_accept" }, AT);
  expect(await heard()).toBe(1);
  const known = await reportFalseAccept(
    database.db,
    { loginId: login.id, reason: "A twin got in." },
    officer,
    AT,
  );
  expect(known).toMatchObject({ ok: true });
  expect(await heard()).toBe(1);
  const rows = await database.sql`select kind, note from login_reports order by kind`;
  expect(rows).toEqual([
    { kind: "false_accept", note: "A twin got in." },
    { kind: "other", note: "A twin got in." },
  ]);
});

test("at a login that is none, nothing is kept; without one it is kept, and the log says who and why", async () => {
  const none = await reportFalseAccept(database.db, { loginId: newId(), reason: "A twin" }, officer, AT);
  expect(none).toEqual({ ok: false, code: "unknown_login" });
  expect(await heard()).toBe(0);
  expect(
    await reportFalseAccept(database.db, { loginId: null, reason: "A mask" }, officer, LATER),
  ).toMatchObject({
    ok: true,
  });
  expect(await heard()).toBe(1);
  const kept = await database.db.select().from(falseAccepts).orderBy(falseAccepts.id);
  expect(kept.map(({ reason }) => reason)).toEqual(["A twin got in.", "A mask"]);
  const entries = await database.db.select().from(auditEntries).orderBy(auditEntries.id);
  expect(entries.map(({ action, actorId, details }) => ({ action, actorId, details }))).toEqual([
    {
      action: "false_accept.report",
      actorId: officer.id,
      details: { loginId: login.id, reason: "A twin got in." },
    },
    { action: "false_accept.report", actorId: officer.id, details: { loginId: null, reason: "A mask" } },
  ]);
});

test("what cannot be audited is not kept, and wakes nobody", async () => {
  const nobody = { id: "no uuid", role: "compliance_officer" as const };
  await expect(
    reportFalseAccept(database.db, { loginId: null, reason: "A mask" }, nobody, AT),
  ).rejects.toThrow();
  expect(await heard()).toBe(0);
  expect(await database.db.$count(falseAccepts)).toBe(2);
});
