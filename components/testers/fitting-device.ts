import type { CampaignDevice } from "#lib/campaigns/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";

/** What a browser tells of the device it runs on. */
export type BrowserSigns = { userAgent: string; touchPoints: number };

/** The kind of device by what its browser says. An iPad says that it is a Mac, and no Mac has a touch screen. */
export function deviceClassOf({ userAgent, touchPoints }: BrowserSigns): DeviceClass {
  if (/Android/i.test(userAgent)) return /Mobile/i.test(userAgent) ? "phone_android" : "tablet_android";
  if (/iPhone|iPod/i.test(userAgent)) return "phone_ios";
  if (/iPad/i.test(userAgent)) return "tablet_ios";
  if (/Macintosh|Mac OS X/i.test(userAgent)) return touchPoints > 1 ? "tablet_ios" : "desktop_macos";
  if (/Windows/i.test(userAgent)) return "desktop_windows";
  return /Linux|CrOS/i.test(userAgent) ? "desktop_linux" : "other";
}

/** The campaign's device that this browser runs on, where it can be only one; else null, and the tester says which. */
export function fittingDevice(devices: readonly CampaignDevice[], signs: BrowserSigns): string | null {
  const found = deviceClassOf(signs);
  const fitting = devices.filter(({ deviceClass }) => deviceClass === found);
  return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
}
