import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { campaignDevices, campaigns, campaignTesters } from "#db/schema/campaigns.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { hashLinkToken } from "#lib/auth/link-token.ts";
import { newId } from "#lib/ids.ts";
import { closeCampaign } from "./close-campaign.ts";
import { issueTesters } from "./issue-testers.ts";
import { openCampaign } from "./open-campaign.ts";
import { TESTERS_AT_MOST } from "./rules.ts";
import { MEMBER, makeCampaign, OPENED, ORIGIN, SETTING } from "./testing/make-campaign.ts";
import { withdrawTester } from "./withdraw-tester.ts";

const API = { origin: ORIGIN };
const later = new Date(OPENED.getTime() + 60_000);

const actsOn = async (tx: DatabaseOrTransaction, action: string) =>
  (await tx.select().from(auditEntries).where(eq(auditEntries.action, action))).map(
    ({ actorId, entityId, details }) => ({ actorId, entityId, details }),
  );

async function issue(tx: DatabaseOrTransaction, campaignId: string, count: number) {
  const issued = await issueTesters(tx, { campaignId, count }, API, MEMBER, OPENED);
  if (!issued.ok) throw new Error(issued.code);
  return issued.testers;
}

test("a campaign is opened with its devices in order, its lightings and positions as the matrix shows them, and audited", () =>
  inRolledBackTransaction(async (tx) => {
    const campaignId = await makeCampaign(tx);
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
    expect(campaign).toMatchObject({
      lightings: ["window", "dim"],
      positions: ["front", "turned", "flat"],
      endsAt: new Date("2026-03-27T12:00:00Z"),
      closedAt: null,
    });
    const devices = await tx
      .select()
      .from(campaignDevices)
      .where(eq(campaignDevices.campaignId, campaignId))
      .orderBy(campaignDevices.place);
    expect(devices.map(({ label }) => label)).toEqual(SETTING.devices.map(({ label }) => label));
    expect(await actsOn(tx, "campaign.open")).toEqual([
      {
        actorId: MEMBER.id,
        entityId: campaignId,
        details: { name: SETTING.name, kind: "staging", cells: 12, endsAt: "2026-03-27T12:00:00.000Z" },
      },
    ]);
  }));

test("no campaign is opened against production", () =>
  inRolledBackTransaction(async (tx) => {
    const api = { origin: ORIGIN, kind: "production" } as const;
    expect(await openCampaign(tx, SETTING, api, MEMBER, OPENED)).toEqual({ ok: false, code: "production" });
    expect(await tx.$count(campaigns)).toBe(0);
  }));

test("links are numbered on, only their digests are stored, and the log holds no token", () =>
  inRolledBackTransaction(async (tx) => {
    const campaignId = await makeCampaign(tx);
    const testers = [...(await issue(tx, campaignId, 2)), ...(await issue(tx, campaignId, 1))];
    expect(testers.map(({ number }) => number)).toEqual([1, 2, 3]);
    const rows = await tx.select().from(campaignTesters).orderBy(campaignTesters.number);
    expect(rows.map(({ tokenHash }) => tokenHash)).toEqual(testers.map(({ token }) => hashLinkToken(token)));
    const stored = JSON.stringify([rows, await tx.select().from(auditEntries)]);
    for (const { token } of testers) expect(stored).not.toContain(token);
    // Both were at the same time, between which the log keeps no order.
    const issued = (await actsOn(tx, "campaign_tester.issue")).map(({ details }) => details);
    expect(issued).toHaveLength(2);
    expect(issued).toContainEqual({ campaignId, count: 2, number: 1 });
    expect(issued).toContainEqual({ campaignId, count: 1, number: 3 });
  }));

test("no link is issued for an unknown, ended or closed campaign, another API, or past the most there may be", () =>
  inRolledBackTransaction(async (tx) => {
    const campaignId = await makeCampaign(tx);
    const codeOf = async (input: { campaignId: string; count: number }, origin = ORIGIN, at = later) => {
      const result = await issueTesters(tx, input, { origin }, MEMBER, at);
      return result.ok ? null : result.code;
    };
    const one = { campaignId, count: 1 };
    expect(await codeOf({ campaignId: newId(), count: 1 })).toBe("not_found");
    expect(await codeOf(one, ORIGIN, new Date("2026-03-27T12:00:00Z"))).toBe("over");
    expect(await codeOf(one, "https://another.example")).toBe("other_api");
    expect(await codeOf({ campaignId, count: TESTERS_AT_MOST + 1 })).toBe("too_many");
    await closeCampaign(tx, { campaignId }, MEMBER, later);
    expect(await codeOf(one)).toBe("over");
    expect(await tx.$count(campaignTesters)).toBe(0);
  }));

test("a link is taken back once, and one whose tester left never", () =>
  inRolledBackTransaction(async (tx) => {
    const campaignId = await makeCampaign(tx);
    const [first, second] = await issue(tx, campaignId, 2);
    const withdraw = (testerId = "") => withdrawTester(tx, { testerId }, MEMBER, later);
    await tx.update(campaignTesters).set({ leftAt: later }).where(eq(campaignTesters.number, 2));
    expect(await withdraw(newId())).toEqual({ ok: false, code: "not_found" });
    expect(await withdraw(first?.id)).toEqual({ ok: true });
    expect(await withdraw(first?.id)).toEqual({ ok: false, code: "ended" });
    expect(await withdraw(second?.id)).toEqual({ ok: false, code: "ended" });
    expect(await actsOn(tx, "campaign_tester.withdraw")).toEqual([
      { actorId: MEMBER.id, entityId: first?.id, details: { campaignId, number: 1 } },
    ]);
  }));

test("a campaign is closed once, and the log says for how many testers", () =>
  inRolledBackTransaction(async (tx) => {
    const campaignId = await makeCampaign(tx);
    await issue(tx, campaignId, 3);
    const close = () => closeCampaign(tx, { campaignId }, MEMBER, later);
    expect(await closeCampaign(tx, { campaignId: newId() }, MEMBER, later)).toEqual({
      ok: false,
      code: "not_found",
    });
    expect(await close()).toEqual({ ok: true });
    expect(await close()).toEqual({ ok: false, code: "closed" });
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
    expect(campaign?.closedAt).toEqual(later);
    expect(await actsOn(tx, "campaign.close")).toEqual([
      { actorId: MEMBER.id, entityId: campaignId, details: { name: SETTING.name, count: 3 } },
    ]);
  }));
