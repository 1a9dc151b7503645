import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { closeCampaign } from "#lib/campaigns/close-campaign.ts";
import { confirmConsent } from "#lib/campaigns/confirm-consent.ts";
import { issueTesters } from "#lib/campaigns/issue-testers.ts";
import { openCampaign } from "#lib/campaigns/open-campaign.ts";
import { CONSENT_VERSION } from "#lib/campaigns/schema.ts";
import { MEMBER, SETTING } from "#lib/campaigns/testing/make-campaign.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { partProcess } from "./part-process.ts";
import { makeWorkerProcess } from "./worker-process.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-campaign-killed-"));
const API_KEY = "0123456789abcdef0123456789abcdef";
const HELD_MS = 4_000;
let database: FreshDatabase;
let sandbox: Sandbox;
beforeAll(async () => {
  database = await freshDatabase();
  sandbox = await startSandbox({ port: 0, apiKey: API_KEY, dataDir: join(folder, "sandbox") });
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const peopleAtApi = async (): Promise<number> =>
  ((await (await fetch(`${sandbox.url}/health`)).json()) as { people: number }).people;
const rows = () => database.db.select().from(campaignEnrolments);
const left = async () => (await rows()).filter(({ goneAt }) => goneAt === null).length;

async function slowDown(ms: number): Promise<void> {
  const headers = { "ocp-apim-subscription-key": API_KEY, "content-type": "application/json" };
  const body = JSON.stringify(ms === 0 ? {} : { enroll: { kind: "latency", ms } });
  await fetch(`${sandbox.url}/__sandbox/faults`, { method: "PUT", headers, body });
}

const workerOf = (name: string) =>
  makeWorkerProcess({
    ...{ databaseUrl: database.url, apiUrl: sandbox.url, signingKey: "5a".repeat(32) },
    ...{ auditDir: join(folder, name, "audit"), ledgerDir: join(folder, name, "ledger") },
  });

/** A campaign with one tester who agreed; their link's token. */
async function makeTester() {
  const { db } = database;
  const api = { origin: originOf(sandbox.url), kind: "sandbox" } as const;
  const opened = await openCampaign(db, SETTING, api, MEMBER, new Date());
  if (!opened.ok) throw new Error(opened.code);
  const { campaignId } = opened;
  const issued = await issueTesters(db, { campaignId, count: 1 }, api, MEMBER, new Date());
  if (!issued.ok) throw new Error(issued.code);
  const token = issued.testers[0]?.token ?? "";
  await confirmConsent(db, { token, version: CONSENT_VERSION, locale: "en" }, api.origin, new Date());
  return { campaignId, token };
}

test("an enrolment whose console is killed before the answer, and a worker killed while it deletes, leave nobody at the API", async () => {
  const { campaignId, token } = await makeTester();
  const pictureFile = join(folder, "ana.jpg");
  const face = await facePicture("ana");
  writeFileSync(pictureFile, face);
  await slowDown(HELD_MS);
  const console_ = partProcess(
    fileURLToPath(new URL("enrol-tester-child.ts", import.meta.url)),
    {
      ...process.env,
      ...{ DATABASE_URL: database.url, API_URL: sandbox.url, API_KEY, TOKEN: token },
      PICTURE_FILE: pictureFile,
    },
    undefined,
  );
  await console_.start();
  // Written down before it is sent: the API knows nobody yet.
  await expect.poll(left, { timeout: 30_000, interval: 20 }).toBe(1);
  await console_.kill();
  expect(await peopleAtApi()).toBe(0);
  await closeCampaign(database.db, { campaignId }, MEMBER, new Date());
  const first = workerOf("first");
  await first.start();
  await expect
    .poll(async () => (await rows())[0]?.triedAt ?? null, { timeout: 30_000, interval: 20 })
    .not.toBeNull();
  await first.kill();
  const [row] = await rows();
  expect(row).toMatchObject({ answeredAt: null, goneAt: null });
  // What was under way arrives after all, when nobody of ours is there: whether the killed call does itself is chance.
  await slowDown(0);
  const api = createMultibiometrics({ url: sandbox.url, apiKey: API_KEY, qualityApiKey: API_KEY });
  await api.enroll(row?.customId ?? "", { face: face.toString("base64") }).finally(() => api.close());
  expect(await peopleAtApi()).toBe(1);
  const second = workerOf("second");
  await second.start();
  try {
    await expect.poll(peopleAtApi, { timeout: 150_000, interval: 200 }).toBe(0);
    await expect.poll(left, { timeout: 150_000, interval: 500 }).toBe(0);
    expect(await peopleAtApi()).toBe(0);
  } finally {
    await second.kill();
  }
});
