import type { Campaign } from "#lib/campaigns/types.ts";
import { newId } from "#lib/ids.ts";
import { noFlaws } from "../rules.ts";
import type { CellCounts } from "../types.ts";

const NO_MEDIANS = { lightLevel: null, sharpness: null };

/** Two devices in two lights, face on and one finger flat. */
export const sampleCampaign = (part: Partial<Campaign> = {}): Campaign => ({
  ...{ id: newId(), name: '=March "devices"', origin: "https://hml-api.example", kind: "staging" },
  ...{ openedBy: newId(), openedAt: new Date("2026-03-13T12:00:00Z") },
  ...{ endsAt: new Date("2026-03-27T12:00:00Z"), closedAt: null },
  devices: [
    { id: "new", label: "Android 13 and later", deviceClass: "phone_android" },
    { id: "old", label: "+Android 9–12", deviceClass: "phone_android" },
  ],
  lightings: ["window", "dim"],
  positions: ["front", "flat"],
  ...{ triesWanted: 20, triesEach: 2, limitPercent: 90, swapped: true },
  ...part,
});

type Tried = Partial<CellCounts> & { in: `${"new" | "old"} ${"window" | "dim"} ${"front" | "flat"}` };

/** Tries in one condition of it. */
export function tried({ in: condition, ...counts }: Tried): CellCounts {
  const [deviceId = "", lighting, position] = condition.split(" ");
  return {
    ...{ deviceId, lighting: lighting as "dim", position: position as "front" },
    ...{ recognised: 0, notRecognised: 0, unusable: 0, failed: 0, flaws: noFlaws() },
    quality: { recognised: NO_MEDIANS, others: NO_MEDIANS },
    ...counts,
  };
}
