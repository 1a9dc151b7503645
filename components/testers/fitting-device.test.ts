import { expect, test } from "vitest";
import { deviceClassOf, fittingDevice } from "./fitting-device.ts";

const MOZILLA = "Mozilla/5.0";
const PIXEL = `${MOZILLA} (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36`;

test.each([
  [PIXEL, 5, "phone_android"],
  [
    `${MOZILLA} (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/131.0 Safari/537.36`,
    5,
    "tablet_android",
  ],
  [`${MOZILLA} (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari`, 5, "phone_ios"],
  [`${MOZILLA} (iPad; CPU OS 12_5 like Mac OS X) Version/12.1 Mobile/15E148 Safari`, 5, "tablet_ios"],
  [`${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15`, 5, "tablet_ios"],
  [`${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15`, 0, "desktop_macos"],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36`, 10, "desktop_windows"],
  [`${MOZILLA} (X11; Linux x86_64) Chrome/131.0 Safari/537.36`, 0, "desktop_linux"],
  [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) Chrome/131.0 Safari/537.36`, 0, "desktop_linux"],
  ["a browser of another kind", 0, "other"],
] as const)("%s with %i touch points is %s", (userAgent, touchPoints, expected) => {
  expect(deviceClassOf({ userAgent, touchPoints })).toBe(expected);
});

const device = (id: string, deviceClass: "phone_android" | "desktop_windows") => {
  return { id, deviceClass, label: id };
};

test.each([
  [[device("a", "phone_android"), device("b", "desktop_windows")], "a"],
  [[device("a", "phone_android"), device("b", "phone_android")], null],
  [[device("b", "desktop_windows")], null],
])("of the devices %j a phone is %s", (devices, expected) => {
  expect(fittingDevice(devices, { userAgent: PIXEL, touchPoints: 5 })).toBe(expected);
});
