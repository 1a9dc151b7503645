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

test("neither while the flag is made for the first time nor while Unleash starts again is more shown than was asked", async () => {
  const place = { url: unleash.url, adminToken, environment: "production" };
  const { admin, playgroundShows } = handsOn(place);
  const shown: number[] = [];
  let isDone = false;
  const watching = (async () => {
    // While it is down nobody can ask it.
    while (!isDone) shown.push(await playgroundShows().catch(() => 0));
  })();
  expect(await prepareRollout({ ...place, initialExposurePercent: 0 })).toMatchObject({ ok: true });
  expect(Math.max(...shown)).toBe(0);
  const asked = shown.length;
  expect(await restoreFlag(admin, "production", { isOn: true, exposurePercent: 5 })).toMatchObject({
    ok: true,
  });
  await unleash.stop();
  await unleash.start();
  expect(await playgroundShows()).toBe(5);
  isDone = true;
  await watching;
  expect(Math.max(...shown)).toBe(5);
  process.stdout.write(
    `the playground, asked ${asked} times while the flag was made, showed nobody; ${shown.length} times in all\n`,
  );
});

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
