import { cpus, loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { countConfirmed, findIntent } from "#lib/rollout/queries.ts";
import { resumeChanges } from "#lib/rollout/resume-changes.ts";
import { readLiveFlag } from "#lib/unleash/live-flag.ts";
import { type HaltWorld, startHaltWorld } from "./halt-world.ts";
import { type OfferWatch, watchOffers } from "./watch-offers.ts";

const ROUNDS = 20;
const PEOPLE = 300;
const CLIENTS = 8;
const PAUSE_MS = 40;
/** So long no gateway has offered anything, and each has answered so many logins meanwhile: it is over. */
const QUIET_MS = 2_000;
const QUIET_LOGINS = 20;
const ASKED_EVERY_MS = 20;

let world: HaltWorld;
let load: OfferWatch;

beforeAll(async () => {
  world = await startHaltWorld(inject("databaseUrl"), PEOPLE);
  const { urls, key, customIds } = world;
  load = watchOffers({ urls, key, customIds, clients: CLIENTS, pauseMs: PAUSE_MS });
  await untilOffered();
});
afterAll(async () => {
  await load?.stop();
  await world?.close();
});

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > end) {
      const said = load.gateways.map(
        ({ name, reasons, failed }) => `${name} ${[...reasons].join(" ")}, ${failed} failed`,
      );
      throw new Error(`${what}: not within two minutes; ${said.join("; ")}`);
    }
    await delay(ASKED_EVERY_MS);
  }
}

/** Every gateway has offered biometrics since now. */
function untilOffered(): Promise<void> {
  const startMs = performance.now();
  return until(() => load.gateways.every(({ offerSentMs }) => offerSentMs > startMs), "offers");
}

const untilQuiet = (clickMs: number) =>
  until(() => {
    const lastMs = Math.max(clickMs, ...load.gateways.map(({ offerAnsweredMs }) => offerAnsweredMs));
    const hasAnswered = load.gateways.every(({ since }) => since >= QUIET_LOGINS);
    return hasAnswered && performance.now() - lastMs > QUIET_MS;
  }, "no more offers");

/** All in milliseconds after the click. */
type Round = {
  /** The last login that was offered biometrics by any gateway was answered, and had been asked for. */
  lastOffer: number;
  lastOfferSent: number;
  /** The last try of an open login was answered with anything but the way out. */
  lastJudged: number;
  /** The last gateway took the intent, by the database's clock after it was recorded. */
  confirmed: number | null;
  /** The click was answered: Unleash was asked and read back. */
  answered: number;
  /** After the end of the halt every gateway offered biometrics again. */
  backAgain: number;
  loginsPerSecond: number;
};

async function oneRound(end: () => Promise<unknown>): Promise<Round> {
  await untilOffered();
  await delay(Math.random() * 1_000);
  const before = load.gateways.map((one) => ({ one, logins: one.logins, open: [...one.open] }));
  const clickMs = performance.now();
  const halted = await world.halt();
  const answered = performance.now() - clickMs;
  expect(halted).toMatchObject({ ok: true });
  await untilQuiet(clickMs);
  const passedMs = performance.now() - clickMs;
  const logins = before.reduce((sum, { one, logins }) => sum + one.logins - logins, 0);
  const last = (of: (one: (typeof load.gateways)[number]) => number) =>
    Math.max(0, ...load.gateways.map((one) => of(one) - clickMs));
  const figures = {
    lastOffer: last(({ offerAnsweredMs }) => offerAnsweredMs),
    lastOfferSent: last(({ offerSentMs }) => offerSentMs),
    lastJudged: last(({ judgedAnsweredMs }) => judgedAnsweredMs),
    loginsPerSecond: (logins * 1000) / passedMs,
  };
  for (const { one, open } of before) {
    expect(one.reasons.get("halted") ?? one.reasons.get("flag_off")).toBeGreaterThan(0);
    expect(open.length).toBeGreaterThan(0);
    for (const loginId of open) {
      expect(await load.tryLogin(one, loginId)).toMatchObject({ decision: "use_legacy", reason: "halted" });
    }
  }
  const { version } = (await findIntent(world.database.db)) ?? { version: 0 };
  const { confirmed, slowestMs } = await countConfirmed(world.database.db, version, new Date());
  const endedMs = performance.now();
  await end();
  await untilOffered();
  return {
    ...figures,
    answered,
    confirmed: confirmed === load.gateways.length ? slowestMs : null,
    backAgain: performance.now() - endedMs,
  };
}

async function rounds(what: string, end: () => Promise<unknown>, start?: () => Promise<unknown>) {
  const all: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await start?.();
    all.push(await oneRound(end));
  }
  tell(what, all);
  return { median: medianOf(all, "lastOffer"), max: Math.max(...all.map(({ lastOffer }) => lastOffer)) };
}

const medianOf = (all: readonly Round[], figure: keyof Round): number => {
  const sorted = all.map((round) => round[figure] ?? Number.NaN).sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};

function tell(what: string, all: readonly Round[]): void {
  const lines = (Object.keys(all[0] ?? {}) as (keyof Round)[]).map((figure) => {
    const values = all.map((round) => (round[figure] === null ? "none" : Math.round(round[figure] ?? 0)));
    return `  ${figure}: median ${Math.round(medianOf(all, figure))}, of ${values.join(" ")}`;
  });
  const machine = `${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)}`;
  process.stdout.write(`${what}, ${all.length} rounds, ${machine}\n${lines.join("\n")}\n`);
}

const release = async () => expect(await world.release()).toMatchObject({ ok: true, state: "confirmed" });

test("from the click to the last offer of three gateways under load: a second in the middle, three at most", async () => {
  const { median, max } = await rounds("halt under load", release);
  expect(median).toBeLessThanOrEqual(1_000);
  expect(max).toBeLessThanOrEqual(3_000);
}, 1_200_000);

test("with PostgreSQL's notifications lost the halt arrives within Unleash's polling interval", async () => {
  world.proxy.setDeaf(true);
  const { max } = await rounds("halt with notifications lost", release);
  world.proxy.setDeaf(false);
  expect(world.proxy.lost()).toBeGreaterThan(ROUNDS);
  // Five seconds, and the second in which Unleash's own job makes a change visible.
  expect(max).toBeLessThanOrEqual(6_100);
}, 1_200_000);

test("with Unleash stopped it takes no longer, and the worker puts Unleash right once it is back", async () => {
  const { median, max } = await rounds(
    "halt with Unleash stopped",
    async () => {
      await world.unleash.start();
      await until(async () => {
        await resumeChanges(world.desk);
        const live = await readLiveFlag(world.desk.admin, world.desk.environment);
        return live.ok && !live.value.isOn;
      }, "off in Unleash");
      await release();
    },
    () => world.unleash.stop(),
  );
  expect(median).toBeLessThanOrEqual(1_000);
  expect(max).toBeLessThanOrEqual(3_000);
}, 2_400_000);
