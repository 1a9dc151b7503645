import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS } from "#e2e/fixtures/browser.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { consoleUrl, chromePath } = readJourneySettings();

/** Walks that leave the installation as it was, or change nothing but members, people and requests of their own. */
const LOOKS = [
  "every-screen.spec.ts",
  "holds.spec.ts",
  "languages.spec.ts",
  "members.spec.ts",
  "palette.spec.ts",
  "people-import.spec.ts",
  "requests.spec.ts",
  "second-factor.spec.ts",
  "single-sign-on.spec.ts",
];
const LONG = "*.long.spec.ts";
/** Every door as every role, and at last the one that shuts every other officer out. */
const WHOLE = ["access.spec.ts", "masking.spec.ts", "the-last-officer.spec.ts"];

/** Journeys through a running Gatehouse, as people see it. Its addresses come by environment. */
export default defineConfig({
  testDir: "e2e/journeys",
  outputDir: "test-results/journeys",
  // One Gatehouse, and two cores: what changes how people log in runs one file after another, the rest runs beside that.
  workers: 2,
  // The longest walk takes 20 s where nothing else is done, and a machine half as fast walks two at a time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: consoleUrl,
    locale: "en-GB",
    timezoneId: "America/Sao_Paulo",
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
    // Nobody here may wait longer than this for anything.
    actionTimeout: 15_000,
    trace: "off",
    launchOptions: { executablePath: chromePath, args: [...BROWSER_ARGUMENTS] },
  },
  projects: [
    // What only an empty Gatehouse shows comes before anything is enrolled.
    { name: "first-start", testMatch: "first-start.spec.ts" },
    {
      name: "journeys",
      testIgnore: ["first-start.spec.ts", ...LOOKS, ...WHOLE, "secrets.spec.ts", LONG],
      dependencies: ["first-start"],
      workers: 1,
    },
    { name: "looks", testMatch: LOOKS, dependencies: ["first-start"], workers: 1 },
    // Every act, page and route as each role: on a Gatehouse that holds what the journeys made, with nothing beside it.
    { name: "access", testMatch: WHOLE, dependencies: ["journeys", "looks"], workers: 1 },
    // What all of them left behind is searched last.
    { name: "secrets", testMatch: "secrets.spec.ts", dependencies: ["access"], workers: 1 },
    // Walks of minutes, for `npm run test:long` alone, on an installation of their own.
    { name: "long", testMatch: LONG, workers: 1 },
  ],
});
