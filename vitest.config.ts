import { configDefaults, defineConfig } from "vitest/config";

const LONG = "**/*.long.test.ts";

export default defineConfig(({ mode }) => {
  const long = mode === "long";
  return {
    test: {
      name: long ? "long" : "unit",
      environment: "node",
      include: [long ? LONG : "**/*.test.{ts,tsx}"],
      exclude: [
        ...configDefaults.exclude,
        ".next/**",
        ".gatehouse/**",
        "e2e/journeys/**",
        ...(long ? [] : [LONG]),
      ],
      // Half of the files wait for clocks and sockets: two at once keep two cores busy, and more would disturb their times.
      maxWorkers: 2,
      globalSetup: ["scripts/testing/vitest-global-setup.ts"],
      // A zone with an odd offset, so that a day counted in the machine's own zone shows.
      env: { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" },
      testTimeout: long ? 600_000 : 20_000,
      hookTimeout: long ? 600_000 : 60_000,
      passWithNoTests: false,
    },
  };
});
