import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignDevices, campaigns } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import type { CheckedApi } from "#lib/integration-checks/types.ts";
import { inOrder } from "./rules.ts";
import { type CampaignInput, LIGHTINGS } from "./schema.ts";
import type { CampaignMember } from "./types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Opens a campaign against the configured API. Refuses `production`: made-up people are enrolled for it. Audits
 * `campaign.open`.
 */
export function openCampaign(
  db: DatabaseOrTransaction,
  { days, devices, lightings, positions, ...input }: CampaignInput,
  { origin, kind }: Pick<CheckedApi, "origin" | "kind">,
  actor: CampaignMember,
  at: Date,
): Promise<{ ok: true; campaignId: string } | { ok: false; code: "production" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    if (kind === "production") return { ok: false, code: "production" };
    const id = newIdAt(at);
    const endsAt = new Date(at.getTime() + days * DAY_MS);
    await tx.insert(campaigns).values({
      ...input,
      ...{ id, origin, kind, openedBy: actor.id, openedAt: at, endsAt },
      lightings: LIGHTINGS.filter((lighting) => lightings.includes(lighting)),
      positions: inOrder(positions),
    });
    await tx
      .insert(campaignDevices)
      .values(devices.map((device, place) => ({ ...device, id: newIdAt(at), campaignId: id, place })));
    await recordAudit(tx, {
      action: "campaign.open",
      actor,
      at,
      entity: { type: "campaign", id },
      details: {
        name: input.name,
        kind,
        cells: devices.length * lightings.length * positions.length,
        endsAt: endsAt.toISOString(),
      },
    });
    return { ok: true, campaignId: id };
  });
}
