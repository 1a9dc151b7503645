import { createHmac } from "node:crypto";
import { InMemStorageProvider, Unleash } from "unleash-client";
import { expect, it } from "vitest";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { bucketOf, isWithin } from "./bucket.ts";

const loginKeys = Array.from({ length: 10_000 }, (_, index) =>
  createHmac("sha256", "sample key").update(`sample-${index}`).digest("hex"),
);

/** The SDK with one gradual flag per percentage, all on the bucket's own groupId, and no server at all. */
async function sdkWith(percentages: readonly number[]): Promise<Unleash> {
  const client = new Unleash({
    url: "http://127.0.0.1:1/api/",
    appName: "bucket-test",
    refreshInterval: 0,
    disableMetrics: true,
    storageProvider: new InMemStorageProvider(),
    bootstrap: {
      data: percentages.map((percent) => ({
        name: `at-${percent}`,
        enabled: true,
        strategies: [
          {
            name: "flexibleRollout",
            parameters: { rollout: String(percent), stickiness: "loginKey", groupId: BIOMETRIC_LOGIN_FLAG },
            constraints: [],
          },
        ],
      })),
    },
  });
  await new Promise<void>((resolve) => client.once("ready", resolve));
  return client;
}

const percentages = [0, 1, 5, 25, 50, 99, 100];

it("puts every person on the side where Unleash puts them, at every percentage", async () => {
  const client = await sdkWith(percentages);
  for (const percent of percentages) {
    const apart = loginKeys.filter(
      (loginKey) =>
        isWithin(loginKey, percent) !==
        client.isEnabled(`at-${percent}`, { properties: { loginKey } }, false),
    );
    expect(apart, `at ${percent} %`).toEqual([]);
  }
  client.destroy();
});

it("gives buckets from 0 to 99, each about as often", () => {
  const counts = new Array<number>(100).fill(0);
  for (const loginKey of loginKeys) counts[bucketOf(loginKey)] = (counts[bucketOf(loginKey)] ?? 0) + 1;
  expect(counts).toHaveLength(100);
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(150);
});

it("a rollout of n percent holds exactly the buckets below n", () => {
  for (const loginKey of loginKeys.slice(0, 1_000)) {
    expect(isWithin(loginKey, 25)).toBe(bucketOf(loginKey) < 25);
  }
});
