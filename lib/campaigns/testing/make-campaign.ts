import type { DatabaseOrTransaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { openCampaign } from "../open-campaign.ts";
import type { CampaignInput } from "../schema.ts";

export const OPENED = new Date("2026-03-13T12:00:00Z");
export const ORIGIN = "https://hml-api.example";
export const MEMBER = { id: newId(), role: "administrator" } as const;

export const SETTING: CampaignInput = {
  name: "March devices",
  days: 14,
  devices: [
    { label: "Android 13 and later", deviceClass: "phone_android" },
    { label: "Laptop", deviceClass: "desktop_windows" },
  ],
  lightings: ["dim", "window"],
  positions: ["turned", "flat", "front"],
  triesWanted: 20,
  triesEach: 2,
  limitPercent: 90,
  swapped: true,
};

/** A campaign against a staging API, opened two weeks before its end. */
export async function makeCampaign(tx: DatabaseOrTransaction, setting: Partial<CampaignInput> = {}) {
  const input = { ...SETTING, ...setting };
  const opened = await openCampaign(tx, input, { origin: ORIGIN, kind: "staging" }, MEMBER, OPENED);
  if (!opened.ok) throw new Error(opened.code);
  return opened.campaignId;
}
