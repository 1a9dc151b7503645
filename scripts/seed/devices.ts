import type { DeviceClass } from "#lib/logins/schema.ts";
import type { Dice, Weighted } from "./dice.ts";

export type SeedDevice = {
  class: DeviceClass;
  os: string;
  /** How often a picture fails here, against the average. */
  failureFactor: number;
  /** Share of logins in which no camera could be used. */
  cameraTrouble: number;
};

const device = (
  deviceClass: DeviceClass,
  os: string,
  failureFactor: number,
  cameraTrouble: number,
): SeedDevice => ({ class: deviceClass, os, failureFactor, cameraTrouble });

const ANDROID = "phone_android";
const PHONES: Weighted<SeedDevice> = [
  [device(ANDROID, "Android 16", 0.9, 0.003), 24],
  [device(ANDROID, "Android 15", 1, 0.003), 16],
  [device(ANDROID, "Android 13", 1.15, 0.004), 9],
  [device(ANDROID, "Android 11", 1.5, 0.008), 5],
  [device("phone_ios", "iOS 26.1", 0.75, 0.002), 25],
  [device("phone_ios", "iOS 18.7", 0.8, 0.002), 12],
  [device("tablet_android", "Android 14", 1.2, 0.005), 4],
  [device("tablet_ios", "iPadOS 26.1", 0.85, 0.003), 5],
];

const BROWSERS: Weighted<SeedDevice> = [
  [device("desktop_windows", "Windows 11", 1.2, 0.022), 52],
  [device("desktop_windows", "Windows 10", 1.4, 0.034), 14],
  [device("desktop_macos", "macOS 26", 0.9, 0.008), 17],
  [device("desktop_linux", "Linux", 1.1, 0.025), 4],
  [device(ANDROID, "Android 16", 1.1, 0.01), 13],
];

const KIOSKS: Weighted<SeedDevice> = [[device("kiosk", "Windows 11 IoT", 1.05, 0.004), 1]];

/** One of the made-up applications. People keep to one, and to one device. */
export type SeedApplication = {
  name: string;
  channels: string[];
  /** Share of the people. */
  weight: number;
  devices: Weighted<SeedDevice>;
  /** What it calls itself, and the share of the history after which it does. */
  versions: readonly (readonly [since: number, version: string])[];
  hours: readonly number[];
};

// Logins by local hour, from midnight on; only their proportions count.
const EVENINGS = [2, 1, 1, 1, 1, 2, 5, 9, 13, 14, 13, 12, 14, 12, 11, 11, 12, 14, 17, 19, 18, 14, 9, 5];
const OFFICE = [1, 1, 1, 1, 1, 1, 3, 9, 18, 22, 20, 17, 13, 17, 19, 18, 15, 11, 8, 7, 6, 5, 3, 2];
const COUNTER = [0, 0, 0, 0, 0, 0, 0, 2, 9, 15, 17, 16, 12, 14, 16, 16, 11, 5, 1, 0, 0, 0, 0, 0];

export const APPLICATIONS: readonly SeedApplication[] = [
  {
    name: "Sample data: mobile app",
    channels: ["app"],
    weight: 66,
    devices: PHONES,
    versions: [
      [0, "5.2.1"],
      [0.35, "5.3.0"],
      [0.78, "5.4.0"],
    ],
    hours: EVENINGS,
  },
  {
    name: "Sample data: member pages",
    channels: ["web", "web_checkout"],
    weight: 28,
    devices: BROWSERS,
    versions: [
      [0, "2026.9"],
      [0.6, "2026.11"],
    ],
    hours: OFFICE,
  },
  {
    name: "Sample data: branch kiosk",
    channels: ["branch"],
    weight: 6,
    devices: KIOSKS,
    versions: [[0, "1.8.0"]],
    hours: COUNTER,
  },
];

/** What an application calls itself at that share (0-1) of the history. */
export const versionAt = ({ versions }: SeedApplication, share: number): string | null =>
  versions.findLast(([since]) => since <= share)?.[1] ?? null;

export const pickApplication = (dice: Dice): SeedApplication =>
  dice.pick(APPLICATIONS.map((application) => [application, application.weight] as const));
