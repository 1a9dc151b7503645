import type { FieldErrors } from "#components/forms/types.ts";
import { callsOfTester, planOf } from "#lib/campaigns/rules.ts";
import type { CampaignInput, Lighting, Position } from "#lib/campaigns/schema.ts";
import type { CampaignPlan } from "#lib/campaigns/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";

export const NUMBERS = ["triesWanted", "triesEach", "limitPercent", "days"] as const;
export type NumberField = (typeof NUMBERS)[number];

/** A row of the form; its key stays the same while rows are added and taken out. */
export type DeviceRow = { key: number; label: string; deviceClass: DeviceClass };

/** A campaign while it is written: numbers as they are typed. */
export type CampaignDraft = {
  name: string;
  devices: DeviceRow[];
  lightings: Lighting[];
  positions: Position[];
  swapped: boolean;
} & Record<NumberField, string>;

/** A part of the form: what is written, what is wrong with it, and how it changes. */
export type DraftPartProps = {
  draft: CampaignDraft;
  fields: FieldErrors;
  change(part: Partial<CampaignDraft>): void;
};

const DEFAULT_DEVICES = [
  { name: "androidNew", deviceClass: "phone_android" },
  { name: "androidOld", deviceClass: "phone_android" },
  { name: "iphone", deviceClass: "phone_ios" },
  { name: "laptop", deviceClass: "desktop_windows" },
  { name: "counter", deviceClass: "kiosk" },
] as const satisfies readonly { name: string; deviceClass: DeviceClass }[];

/** What the form begins with: the devices that matter to most, named in the reader's language. */
export function startDraft(
  nameOf: (device: (typeof DEFAULT_DEVICES)[number]["name"]) => string,
): CampaignDraft {
  return {
    name: "",
    devices: DEFAULT_DEVICES.map(({ name, deviceClass }, key) => ({ key, label: nameOf(name), deviceClass })),
    lightings: ["window", "lamp", "dim", "light_behind"],
    positions: ["front", "turned", "low"],
    swapped: true,
    ...{ triesWanted: "20", triesEach: "2", limitPercent: "90", days: "14" },
  };
}

/** Digits as a number; NaN for anything else, which the server names. */
const numberOf = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** The draft as it is sent. */
export function inputOf(draft: CampaignDraft): CampaignInput {
  const { name, devices, lightings, positions, swapped } = draft;
  return {
    ...{ name, lightings, positions, swapped },
    devices: devices.map(({ label, deviceClass }) => ({ label, deviceClass })),
    days: numberOf(draft.days),
    triesWanted: numberOf(draft.triesWanted),
    triesEach: numberOf(draft.triesEach),
    limitPercent: numberOf(draft.limitPercent),
  };
}

type Meaning = CampaignPlan & {
  testers: number;
  /** Of all of them with one device each. */
  calls: number;
  /** Where one link's calls end, tried on every device. */
  callsOfLink: number;
};

/** What the draft asks of testers and of the API; null while a number in it is none. */
export function meaningOf(draft: CampaignDraft): Meaning | null {
  const { devices, lightings, positions, triesWanted, triesEach, swapped } = inputOf(draft);
  if (Number.isNaN(triesWanted) || !(triesEach > 0)) return null;
  const plan = planOf({
    ...{ devices: devices.length, lightings: lightings.length, positions: positions.length },
    ...{ triesWanted, triesEach },
  });
  const testers = plan.testersPerDevice * devices.length;
  const callsOn = (on: readonly unknown[]) =>
    callsOfTester({ lightings, positions, devices: on, triesEach, swapped });
  const calls = testers * callsOn(devices.slice(0, 1));
  return { ...plan, testers, calls, callsOfLink: callsOn(devices) };
}

/** Which rows of devices the server did not take: those without a name, and those named as one above. */
export const isBadDevice = (devices: readonly DeviceRow[], { key, label }: DeviceRow): boolean => {
  const name = label.trim().toLowerCase();
  if (name === "") return true;
  return devices.some((other) => other.key !== key && other.label.trim().toLowerCase() === name);
};
