import { expect } from "vitest";
import { differencesOf } from "#lib/unleash/differences.ts";
import { readLiveFlag } from "#lib/unleash/live-flag.ts";
import { restoreFlag } from "#lib/unleash/restore-flag.ts";
import type { Edit, Hands } from "./unleash-hands.ts";

const ENVIRONMENT = "production";
const WANTED = { isOn: true, exposurePercent: 5 };

/**
 * Does something by hand to a flag that stands at five percent, sees that it is named, brings the flag back, and holds the
 * playground to it all along: what the hand showed may be seen at first, and once it is gone it never comes back.
 */
export async function watchRestore(
  { admin, playgroundShows }: Hands,
  what: string,
  { act, codes, isRandom }: Edit,
): Promise<number> {
  await act();
  const live = await readLiveFlag(admin, ENVIRONMENT);
  const found = differencesOf(live.ok ? live.value : null, WANTED);
  expect(
    found.map(({ code }) => code),
    what,
  ).toEqual(codes);
  const shown = [await playgroundShows()];
  let isDone = false;
  const watching = (async () => {
    while (!isDone) shown.push(await playgroundShows());
  })();
  const restored = await restoreFlag(admin, ENVIRONMENT, WANTED);
  isDone = true;
  await watching;
  expect(restored, what).toMatchObject({ ok: true });
  expect(await playgroundShows(), what).toBe(5);
  if (isRandom) return shown.length;
  const after = shown.slice(shown.findIndex((percent) => percent <= 5));
  expect(Math.max(...after), `${what}: ${shown}`).toBeLessThanOrEqual(5);
  expect(Math.max(...shown), `${what}: ${shown}`).toBeLessThanOrEqual(Math.max(5, shown[0] ?? 0));
  return shown.length;
}
