import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { listUnrevokedKeys } from "#lib/applications/queries.ts";
import { hashApplicationKey } from "#lib/applications/rules.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { findSampleData, hasRealPeople } from "./queries.ts";
import { registerSampleApplication } from "./register-sample-application.ts";

const at = new Date("2026-03-10T12:00:00Z");
const system: Actor = { id: null, role: "system" };
const wanted = (name: string) => ({ application: { name, channels: ["web"] }, seed: 1 });

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const register = (name: string) => registerSampleApplication(database.db, wanted(name), system, at);
const liveKeys = (applicationId: string) => listUnrevokedKeys(database.db, applicationId);

test("an installation is marked with the first made-up application, and told apart by each", async () => {
  const first = await register("Sample data: one");
  const second = await register("Sample data: two");
  const sample = await findSampleData(database.db);
  expect(sample?.applicationIds).toEqual([first.applicationId, second.applicationId]);
  const rows = await database.sql<
    { hash: string }[]
  >`select hash from application_keys where id = ${first.keyId}`;
  expect(rows).toEqual([{ hash: hashApplicationKey(first.key) }]);
});

test("once more, the same application gets another key and its earlier one ends", async () => {
  const [before, after] = [await register("Sample data: one"), await register("Sample data: one")];
  expect(after.applicationId).toBe(before.applicationId);
  expect((await liveKeys(after.applicationId)).map(({ id }) => id)).toEqual([after.keyId]);
});

test("an application of the company's own is never taken for a made-up one", async () => {
  await database.sql`insert into applications (id, name, channels, created_at)
    values (${newId()}, 'Sample data: ours', '{web}', now())`;
  await expect(register("Sample data: ours")).rejects.toThrow();
});

test("people whom a made-up application enrolled are made up, and all others are real", async () => {
  const { applicationId } = await register("Sample data: one");
  const person = async (customId: string, actorId: string) => {
    const id = newId();
    await database.sql`insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
      values (${id}, ${customId}, ${customId}, 'enrolled', 'lgpd_11_i_consent', 1, now())`;
    await database.sql`insert into enrolments (id, person_id, kind, state, face, source, actor_id, intended_at)
      values (${newId()}, ${id}, 'enrol', 'succeeded', true, 'gateway', ${actorId}, now())`;
  };
  await person("sim-000001", applicationId);
  expect(await hasRealPeople(database.db)).toBe(false);
  await person("somebody", newId());
  expect(await hasRealPeople(database.db)).toBe(true);
});
