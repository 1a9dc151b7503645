import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { campaignDevices, campaignEnrolments, campaignTesters, campaignTries } from "#db/schema/campaigns.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { closeCampaign } from "./close-campaign.ts";
import { confirmConsent } from "./confirm-consent.ts";
import { endTester } from "./end-tester.ts";
import { enrolTester } from "./enrol-tester.ts";
import { eraseTesters } from "./erase-testers.ts";
import { examineTester } from "./examine-tester.ts";
import { issueTesters } from "./issue-testers.ts";
import { recordTry } from "./record-try.ts";
import { TESTER_ID_PREFIX } from "./rules.ts";
import { type CampaignInput, CONSENT_VERSION, type TesterTryInput } from "./schema.ts";
import { settleLostTries } from "./settle-try.ts";
import { MEMBER, makeCampaign, OPENED, ORIGIN } from "./testing/make-campaign.ts";
import { pictureOf, textsApi } from "./testing/texts-api.ts";
import { withdrawTester } from "./withdraw-tester.ts";

const MEASURED = {
  ...{ width: 640, height: 480, lightLevel: 120, contrast: 40, sharpness: 0.1, faceShare: 0.5 },
  from: "camera",
} as const;
const consent = (token: string) => ({ token, version: CONSENT_VERSION, locale: "pt-BR" }) as const;

type World = Awaited<ReturnType<typeof makeWorld>>;

/** A campaign with testers who hold links, a device of it, and an API. Time passes by `after`. */
async function makeWorld(tx: DatabaseOrTransaction, setting: Partial<CampaignInput> = {}, count = 2) {
  const campaignId = await makeCampaign(tx, { swapped: false, ...setting });
  const about = { campaignId, count };
  const issued = await issueTesters(tx, about, { origin: ORIGIN }, MEMBER, OPENED);
  if (!issued.ok) throw new Error(issued.code);
  const [device] = await tx.select().from(campaignDevices).where(eq(campaignDevices.campaignId, campaignId));
  const tokens = issued.testers.map(({ token }) => token);
  const texts = textsApi();
  let now = OPENED;
  const desk = { db: tx, api: texts.api, clock: () => now, quietMs: 60_000 };
  const after = (ms: number) => {
    now = new Date(now.getTime() + ms);
    return now;
  };
  const condition = { deviceId: device?.id ?? "", lighting: "window", position: "front" } as const;
  const tryOf = (picture: string, more: Partial<TesterTryInput> = {}): TesterTryInput => {
    const about = { token: tokens[0] ?? "", tryId: newId(), measured: MEASURED };
    return { ...condition, ...about, picture: pictureOf(picture), ...more };
  };
  return { tx, campaignId, testers: issued.testers, tokens, texts, desk, after, tryOf };
}

async function enrolled(world: World, picture: string, token = world.tokens[0] ?? "") {
  const { desk, tx } = world;
  expect(await confirmConsent(tx, consent(token), ORIGIN, desk.clock())).toEqual({ ok: true });
  const step = await enrolTester(desk, { token, modality: "face", picture: pictureOf(picture) });
  expect(step).toMatchObject({ ok: true, end: { isEnrolled: true }, view: { enrolled: ["face"] } });
}

const inWorld = (check: (world: World) => Promise<void>, setting: Partial<CampaignInput> = {}) =>
  inRolledBackTransaction(async (tx) => check(await makeWorld(tx, setting)));

test("nothing is sent before consent, which is written down once with its text and language, and audited by number", () =>
  inWorld(async ({ tx, desk, tokens, testers, texts, after }) => {
    const token = tokens[0] ?? "";
    const face = { token, modality: "face", picture: pictureOf("ana") } as const;
    expect(await enrolTester(desk, face)).toEqual({ ok: false, code: "no_consent" });
    expect(texts.asked).toEqual([]);
    expect(await confirmConsent(tx, consent(token), ORIGIN, OPENED)).toEqual({ ok: true });
    await confirmConsent(tx, { ...consent(token), locale: "en" }, ORIGIN, after(1000));
    const [row] = await tx.select().from(campaignTesters).where(eq(campaignTesters.number, 1));
    expect(row).toMatchObject({
      consentedAt: OPENED,
      consentVersion: CONSENT_VERSION,
      consentLocale: "pt-BR",
    });
    const entries = await tx
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "campaign_tester.consent"));
    expect(entries).toMatchObject([{ actorId: null, entityId: testers[0]?.id, details: { number: 1 } }]);
  }));

test("a tester is enrolled under a made-up CustomID, written down before it is sent, and tries are counted by their places", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tryOf } = world;
    await enrolled(world, "ana");
    const [row] = await tx.select().from(campaignEnrolments);
    expect(row?.customId).toMatch(new RegExp(`^${TESTER_ID_PREFIX}[0-9a-f]{24}$`));
    expect(texts.asked).toEqual([`enroll ${row?.customId}`]);
    const first = tryOf("ana");
    expect(await recordTry(desk, first)).toMatchObject({ ok: true, end: { outcome: "recognised" } });
    expect(await recordTry(desk, tryOf("bia"))).toMatchObject({
      ok: true,
      end: { outcome: "not_recognised" },
    });
    expect(await recordTry(desk, tryOf("ana"))).toEqual({ ok: false, code: "complete" });
    const calls = texts.asked.length;
    // Its answer was lost: the same try again is no other.
    expect(await recordTry(desk, first)).toMatchObject({ ok: true, end: { outcome: "recognised" } });
    expect(texts.asked.length).toBe(calls);
    const tries = await tx.select().from(campaignTries);
    expect(tries.map(({ place, outcome }) => [place, outcome])).toEqual([
      [1, "recognised"],
      [2, "not_recognised"],
    ]);
    expect(tries[0]).toMatchObject({ width: 640, lightLevel: 120, pictureFrom: "camera", tookMs: 12 });
    expect(JSON.stringify(tries)).not.toContain(first.picture);
  }));

test("a try that the API could not answer counts neither way and may be made again; an unusable picture counts", () =>
  inWorld(async (world) => {
    const { desk, texts, tryOf } = world;
    await enrolled(world, "ana");
    texts.fail("unreachable");
    const failed = await recordTry(desk, tryOf("ana"));
    expect(failed).toMatchObject({
      ok: true,
      end: { outcome: "failed", code: "unreachable" },
      view: { tries: [] },
    });
    texts.fail("capture_unusable");
    expect(await recordTry(desk, tryOf("ana"))).toMatchObject({
      end: { outcome: "unusable", code: null },
      view: { tries: [{ place: 1, outcome: "unusable" }] },
    });
  }));

test("a try whose process was killed is still being made for a while, then failed, and its place is free", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tryOf, after } = world;
    await enrolled(world, "ana");
    const cutOff = tryOf("ana");
    const dying = { ...texts.api, verify: () => Promise.reject(new Error("killed")) };
    await expect(recordTry({ ...desk, api: dying }, cutOff)).rejects.toThrow("killed");
    expect(await recordTry(desk, cutOff)).toEqual({ ok: false, code: "in_progress" });
    expect(await recordTry(desk, tryOf("ana"))).toMatchObject({
      view: { tries: [{ place: 1 }, { place: 2 }] },
    });
    await settleLostTries(tx, after(60_000));
    expect(await recordTry(desk, cutOff)).toMatchObject({ end: { outcome: "failed" } });
    expect(await recordTry(desk, tryOf("ana"))).toMatchObject({ end: { outcome: "recognised" } });
  }));

test("who asks to be enrolled again after a lost answer is the same person at the API, and their deletion waits until nothing can arrive", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tokens, after } = world;
    const face = { token: tokens[0] ?? "", modality: "face", picture: pictureOf("ana") } as const;
    await confirmConsent(tx, consent(face.token), ORIGIN, OPENED);
    texts.loseAnswers(true);
    expect(await enrolTester(desk, face)).toMatchObject({ end: { isEnrolled: false, code: "timed_out" } });
    texts.loseAnswers(false);
    after(1000);
    expect(await enrolTester(desk, face)).toMatchObject({ end: { isEnrolled: true } });
    expect(texts.held.size).toBe(1);
    expect(await endTester(tx, face.token, after(1000))).toEqual({ ok: false, code: "left", left: 1 });
    expect(await eraseTesters(desk, ORIGIN)).toBe(1);
    expect(texts.held.size).toBe(0);
    after(61_000);
    expect(await eraseTesters(desk, ORIGIN)).toBe(0);
    expect(await examineTester(tx, { token: face.token, origin: ORIGIN }, desk.clock())).toEqual({
      ok: false,
      code: "left",
      left: 0,
    });
  }));

test("the same picture is held against another tester who consents, who must not be recognised, and against nobody else", () =>
  inWorld(
    async (world) => {
      const { desk, tx, texts, tokens, testers, tryOf } = world;
      await enrolled(world, "ana");
      expect(await recordTry(desk, tryOf("ana"))).toMatchObject({ ok: true });
      await enrolled(world, "bia", tokens[1]);
      await recordTry(desk, tryOf("bia"));
      const tries = await tx.select().from(campaignTries).orderBy(campaignTries.place);
      expect(tries.map(({ outcome, swappedOutcome }) => [outcome, swappedOutcome])).toEqual([
        ["recognised", null],
        ["not_recognised", "accepted"],
      ]);
      await withdrawTester(tx, { testerId: testers[1]?.id ?? "" }, MEMBER, desk.clock());
      const calls = texts.asked.length;
      await recordTry(desk, tryOf("ana", { lighting: "dim" }));
      expect(texts.asked.length).toBe(calls + 1);
    },
    { swapped: true },
  ));

test("a link causes no more calls than it may, however often it is tried", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tryOf } = world;
    await enrolled(world, "ana");
    await tx.update(campaignTesters).set({ calls: 10_000 });
    const calls = texts.asked.length;
    expect(await recordTry(desk, tryOf("ana"))).toEqual({ ok: false, code: "spent" });
    expect(texts.asked.length).toBe(calls);
    expect(await tx.$count(campaignTries)).toBe(0);
  }));

test.each<[string, Partial<TesterTryInput>, string]>([
  ["another campaign's device", { deviceId: newId() }, "not_asked"],
  ["a light that was not asked for", { lighting: "outdoors" }, "not_asked"],
  ["a finger without one enrolled", { position: "flat" }, "not_enrolled"],
  ["no picture", { picture: "" }, "no_capture"],
  ["a picture that is none", { picture: Buffer.from("GIF89a and more").toString("base64") }, "image_invalid"],
  ["a link that is none of ours", { token: "x".repeat(43) }, "unknown"],
])("%s is refused without a call", (_, more, code) =>
  inWorld(async (world) => {
    const { desk, texts, tryOf } = world;
    await enrolled(world, "ana");
    const calls = texts.asked.length;
    expect(await recordTry(desk, tryOf("ana", more))).toMatchObject({ ok: false, code });
    expect(texts.asked.length).toBe(calls);
  }),
);

test("against another API than the campaign was opened for nothing is sent", () =>
  inWorld(async (world) => {
    const { desk, tokens, texts } = world;
    const elsewhere = { ...desk, api: { ...texts.api, origin: "https://api.example" } };
    const face = { token: tokens[0] ?? "", modality: "face", picture: pictureOf("ana") } as const;
    expect(await enrolTester(elsewhere, face)).toEqual({ ok: false, code: "other_api" });
    expect(texts.asked).toEqual([]);
  }));

test("whose part is over is deleted at the API and nobody else, and nobody of them is known to the product", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tokens, campaignId, after } = world;
    await enrolled(world, "ana");
    await enrolled(world, "bia", tokens[1]);
    expect(await tx.$count(people)).toBe(0);
    await endTester(tx, tokens[0] ?? "", after(1000));
    await eraseTesters(desk, ORIGIN);
    expect([...texts.held.values()]).toEqual([pictureOf("bia")]);
    expect(await endTester(tx, tokens[0] ?? "", after(1000))).toMatchObject({ code: "left", left: 0 });
    texts.fail("server_error");
    await closeCampaign(tx, { campaignId }, MEMBER, after(1000));
    expect(await eraseTesters(desk, ORIGIN)).toBe(1);
    texts.fail(null);
    // Tried a moment ago: not yet again.
    expect(await eraseTesters(desk, ORIGIN)).toBe(0);
    expect(texts.held.size).toBe(1);
    after(61_000);
    await eraseTesters(desk, ORIGIN);
    expect(texts.held.size).toBe(0);
    const ends = await tx.select().from(auditEntries).where(eq(auditEntries.action, "campaign_tester.end"));
    expect(ends.map(({ details }) => details)).toEqual([{ campaignId, number: 1 }]);
  }));

test("a campaign that came to its end deletes its testers by itself", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tokens, after } = world;
    await enrolled(world, "ana");
    const now = after(14 * 24 * 60 * 60_000);
    expect(await examineTester(tx, { token: tokens[0] ?? "", origin: ORIGIN }, now)).toEqual({
      ok: false,
      code: "expired",
      left: 1,
    });
    expect(await eraseTesters(desk, ORIGIN)).toBe(0);
    expect(texts.held.size).toBe(0);
  }));

test("who asks once more to be enrolled while they are being deleted is not taken for gone", () =>
  inWorld(async (world) => {
    const { desk, tx, texts, tokens, after } = world;
    const face = { token: tokens[0] ?? "", modality: "face", picture: pictureOf("ana") } as const;
    await confirmConsent(tx, consent(face.token), ORIGIN, OPENED);
    texts.fail("server_error");
    expect(await enrolTester(desk, face)).toMatchObject({ end: { isEnrolled: false } });
    texts.fail(null);
    const justBefore = after(14 * 24 * 60 * 60_000 - 1);
    // The console let them in a moment before the end, and sends it while the worker looks for them.
    const slow: typeof texts.api = {
      ...texts.api,
      async delete(customId, options) {
        const answer = await texts.api.delete(customId, options);
        await enrolTester({ ...desk, clock: () => justBefore }, face);
        return answer;
      },
    };
    after(1);
    await eraseTesters({ ...desk, api: slow }, ORIGIN);
    expect(texts.held.size).toBe(1);
    after(61_000);
    expect(await eraseTesters(desk, ORIGIN)).toBe(0);
    expect(texts.held.size).toBe(0);
  }));
