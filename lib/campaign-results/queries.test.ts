import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignDevices, campaignEnrolments, campaignTesters, campaignTries } from "#db/schema/campaigns.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { issueTesters } from "#lib/campaigns/issue-testers.ts";
import { MEMBER, makeCampaign, OPENED, ORIGIN } from "#lib/campaigns/testing/make-campaign.ts";
import { newId } from "#lib/ids.ts";
import { composeResults } from "./compose-results.ts";
import { findNewestId, findStamp, listCampaigns } from "./queries.ts";
import { noFlaws } from "./rules.ts";

type Try = Partial<typeof campaignTries.$inferInsert>;
const GOOD = { lightLevel: 120, contrast: 40, sharpness: 0.05, faceShare: 0.45 };

async function prepare(tx: DatabaseOrTransaction) {
  const campaignId = await makeCampaign(tx);
  const issued = await issueTesters(tx, { campaignId, count: 2 }, { origin: ORIGIN }, MEMBER, OPENED);
  const devices = await tx
    .select()
    .from(campaignDevices)
    .where(eq(campaignDevices.campaignId, campaignId))
    .orderBy(asc(campaignDevices.place));
  if (!issued.ok || devices[0] === undefined || issued.testers[0] === undefined) throw new Error("not made");
  const [testerId, deviceId] = [issued.testers[0].id, devices[0].id];
  let place = 0;
  const add = (row: Try) =>
    tx.insert(campaignTries).values({
      ...{ id: newId(), campaignId, testerId, deviceId, lighting: "dim", position: "front", place: place++ },
      ...{ askedAt: OPENED, answeredAt: row.outcome === undefined ? null : OPENED },
      ...{ width: 640, height: 480, pictureFrom: "camera", ...GOOD, ...row },
    });
  return { campaignId, testerId, deviceId, add };
}

test.each<[string, Try, object]>([
  ["a dark picture", { lightLevel: 49 }, { dark: 1 }],
  ["a dark and blurred one counts as dark", { lightLevel: 20, sharpness: 0.001 }, { dark: 1 }],
  ["a bright picture", { lightLevel: 229 }, { bright: 1 }],
  ["a blurred picture", { sharpness: 0.019 }, { blurred: 1 }],
  ["a face far away", { faceShare: 0.19 }, { far: 1 }],
  ["nothing that was measured", { faceShare: null }, { none: 1 }],
  ["a faint finger", { position: "flat", contrast: 17, lightLevel: 20 }, { faint: 1 }],
  ["a clear finger, whatever its light", { position: "flat", lightLevel: 20 }, { none: 1 }],
])("of a picture that was not recognised it is told: %s", (_, measured, flaws) =>
  inRolledBackTransaction(async (tx) => {
    const { campaignId, add } = await prepare(tx);
    await add({ outcome: "not_recognised", ...measured });
    // What was recognised, failed or waits for its answer has nothing to explain.
    await add({ outcome: "recognised", ...measured });
    await add({ outcome: "failed", code: "timed_out", ...measured });
    await add(measured);
    expect((await composeResults(tx, campaignId))?.flaws).toEqual({ ...noFlaws(), ...flaws });
  }),
);

test("tries are counted by what came of them, failures by their code, and medians apart for who was recognised", () =>
  inRolledBackTransaction(async (tx) => {
    const { campaignId, deviceId, add } = await prepare(tx);
    for (const lightLevel of [100, 110, 180])
      await add({ outcome: "recognised", swappedOutcome: "refused", lightLevel });
    await add({ outcome: "not_recognised", swappedOutcome: "accepted", lightLevel: 30 });
    await add({ outcome: "unusable", swappedOutcome: "failed", lightLevel: 40 });
    await add({ outcome: "failed", code: "timed_out" });
    await add({ outcome: "failed", code: "timed_out" });
    await add({ outcome: "failed", code: "server_error" });
    await add({});
    const results = await composeResults(tx, campaignId);
    const cell = results?.cells.find((one) => one.tries > 0);
    expect(cell).toMatchObject({
      ...{ deviceId, lighting: "dim", position: "front", tries: 5 },
      ...{ recognised: 3, notRecognised: 1, unusable: 1, failed: 3, verdict: "too_few" },
      quality: { recognised: { lightLevel: 110 }, others: { lightLevel: 35 } },
    });
    expect(results?.failures).toEqual([
      { code: "timed_out", count: 2 },
      { code: "server_error", count: 1 },
    ]);
    expect(results?.swapped).toMatchObject({ refused: 3, accepted: 1, failed: 1 });
    expect(results?.cells).toHaveLength(12);
    expect(await listCampaigns(tx)).toEqual([
      expect.objectContaining({ id: campaignId, testers: 2, recognised: 3, tries: 5 }),
    ]);
  }));

test("testers are told as numbers, with what the API may still hold of them", () =>
  inRolledBackTransaction(async (tx) => {
    const { campaignId, testerId, add } = await prepare(tx);
    await add({ outcome: "recognised" });
    await add({ outcome: "failed" });
    const enrolment = { testerId, askedAt: OPENED, answeredAt: OPENED, enrolledAt: OPENED };
    await tx.insert(campaignEnrolments).values([
      { ...enrolment, customId: "gatehouse-tester-a", modality: "face" },
      { ...enrolment, customId: "gatehouse-tester-b", modality: "fingers", goneAt: OPENED },
    ]);
    await tx
      .update(campaignTesters)
      .set({ consentedAt: OPENED, consentVersion: "1", consentLocale: "en" })
      .where(eq(campaignTesters.id, testerId));
    const testers = (await composeResults(tx, campaignId))?.testers;
    expect(testers).toEqual([
      expect.objectContaining({ number: 1, state: "taking_part", tries: 1, held: 1, gone: 1 }),
      expect.objectContaining({ number: 2, state: "invited", tries: 0, held: 0, gone: 0 }),
    ]);
    expect(JSON.stringify(testers)).not.toContain("gatehouse-tester");
  }));

test("the stamp changes with every try, answer, consent and deletion and with its end, and an unknown campaign has none", () =>
  inRolledBackTransaction(async (tx) => {
    const { campaignId, testerId, add } = await prepare(tx);
    let now = OPENED;
    const stamps = new Set([await findStamp(tx, campaignId, now)]);
    const note = async () => stamps.add(await findStamp(tx, campaignId, now));
    await add({});
    await note();
    await tx.update(campaignTries).set({ answeredAt: OPENED, outcome: "recognised" });
    await note();
    await tx
      .update(campaignTesters)
      .set({ consentedAt: OPENED, consentVersion: "1" })
      .where(eq(campaignTesters.id, testerId));
    await note();
    await tx
      .insert(campaignEnrolments)
      .values({ testerId, customId: "gatehouse-tester-a", modality: "face", askedAt: OPENED });
    await note();
    await tx.update(campaignEnrolments).set({ goneAt: OPENED });
    await note();
    now = new Date(OPENED.getTime() + 14 * 86_400_000);
    await note();
    expect(stamps.size).toBe(7);
    expect(await findStamp(tx, newId(), now)).toBeNull();
    expect(await findNewestId(tx)).toBe(campaignId);
  }));
