import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { restoreFlag } from "#lib/unleash/restore-flag.ts";
import { adminToken, makeUnleash, type TestUnleash } from "./start-unleash.ts";
import { handsOn } from "./unleash-hands.ts";
import { watchRestore } from "./watch-restore.ts";

let unleash: TestUnleash;

beforeAll(async () => {
  unleash = await makeUnleash(inject("databaseUrl"));
  await unleash.start();
});
afterAll(() => unleash?.remove());

test("whatever was done by hand is named, and brought back without ever showing more than it did or than was asked", async () => {
  const place = { url: unleash.url, adminToken, environment: "production" };
  expect(await prepareRollout({ ...place, initialExposurePercent: 0 })).toMatchObject({ ok: true });
  const hands = handsOn(place);
  const wanted = { isOn: true, exposurePercent: 5 };
  expect(await restoreFlag(hands.admin, place.environment, wanted)).toMatchObject({ ok: true });
  let polls = 0;
  for (const [what, edit] of Object.entries(hands.edits)) polls += await watchRestore(hands, what, edit);
  process.stdout.write(
    `${Object.keys(hands.edits).length} edits by hand named and reverted; the playground, asked ${polls} times, never ` +
      "showed more again once it showed no more than the intent\n",
  );
});
