import { type WalkStep, walkOf } from "#lib/campaigns/rules.ts";
import type { CampaignModality } from "#lib/campaigns/schema.ts";
import type { TesterView } from "#lib/campaigns/types.ts";

/** What the tester's browser keeps for itself: on which device it is, and what cannot be done there. */
export type Chosen = { deviceId: string | null; leftOut: readonly string[] };

export const NOTHING_CHOSEN: Chosen = { deviceId: null, leftOut: [] };

export type Progress = { done: number; all: number };

/** The one thing to do now. It follows from what the server knows and from what was chosen here. */
export type Place =
  | { at: "consent" }
  | { at: "device" }
  | { at: "enrol"; modality: CampaignModality; progress: Progress }
  | { at: "try"; step: WalkStep; number: number; progress: Progress }
  | { at: "end"; steps: WalkStep[]; leftOut: number; progress: Progress };

export const keyOf = ({ lighting, position }: Pick<WalkStep, "lighting" | "position">): string =>
  `${lighting} ${position}`;

/** Where a tester is on this device: enrolled only for what they will try, each light and position in turn. */
export function placeOf(view: TesterView, { deviceId, leftOut }: Chosen): Place {
  if (!view.hasConsented) return { at: "consent" };
  if (deviceId === null || view.campaign.devices.every(({ id }) => id !== deviceId)) return { at: "device" };
  const steps = walkOf(view, deviceId);
  const { triesEach } = view.campaign;
  const progress = {
    done: steps.reduce((sum, { tries }) => sum + tries.length, 0),
    all: steps.length * triesEach,
  };
  const open = steps.filter(({ tries }) => tries.length < triesEach);
  const next = open.find((step) => !leftOut.includes(keyOf(step)));
  if (next === undefined) return { at: "end", steps, leftOut: open.length, progress };
  if (!view.enrolled.includes(next.modality)) return { at: "enrol", modality: next.modality, progress };
  return { at: "try", step: next, number: next.tries.length + 1, progress };
}

/** What is left out beside what was, where nothing of a modality can be tried here. */
export const without = (view: TesterView, chosen: Chosen, modality: CampaignModality): string[] => [
  ...chosen.leftOut,
  ...walkOf(view, chosen.deviceId ?? "")
    .filter((step) => step.modality === modality)
    .map(keyOf),
];
