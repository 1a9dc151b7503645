import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterEach, expect, test } from "vitest";
import { intentWord, ROLLOUT_INTENT_CHANNEL } from "#lib/rollout/schema.ts";
import { startControl } from "./control.ts";
import type { GatewayLedger } from "./ledger.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-control-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const intent = { exposurePercent: 25, offersEarlyAdopters: true, halted: false, version: 7 };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A control whose reads answer only when they are told to, and that hears what it is told. */
async function scene() {
  const reads: ((told: unknown) => void)[] = [];
  let hear: (word: string) => void = () => {};
  const listen = {
    listen: async (channel: string, onWord: (word: string) => void) => {
      if (channel === ROLLOUT_INTENT_CHANNEL) hear = onWord;
    },
    end: async () => {},
  } as unknown as Sql;
  const run = () => new Promise((resolve) => reads.push(resolve));
  const ledger = { run, isReachable: () => true } as unknown as GatewayLedger;
  const answer = async (version: number, halted: boolean) => {
    const told = { intent: { ...intent, version, halted }, keys: [], policy: null, retention: {} };
    reads.shift()?.(told);
    await new Promise(setImmediate);
  };
  const starting = startControl({
    apiOrigin: "https://api.example",
    ...{ ledger, listen, log: silent, clock: () => new Date(), silenceMs: 120_000, pollEveryMs: 3_600_000 },
    ...{ flags: { state: () => ({ lastHeardAt: null }) } as never },
    ...{ snapshotFile: join(folder, "snapshot"), snapshotKey: Buffer.alloc(32) },
  });
  await expect.poll(() => reads.length).toBe(1);
  await answer(7, false);
  return { control: await starting, answer, hear: (word: string) => hear(word) };
}

test("a halt is obeyed on its word, before anything was read, and an older read that comes late does not end it", async () => {
  const { control, answer, hear } = await scene();
  hear(intentWord({ version: 8, halted: false }));
  expect(control.intent()).toMatchObject({ halted: false });
  // The read for that word is under way when the halt is heard, and brings what was before it.
  hear(intentWord({ version: 9, halted: true }));
  expect(control.intent()).toMatchObject({ halted: true, exposurePercent: 25 });
  expect(control.intentVersion()).toBe(9);
  await answer(8, false);
  expect(control.intent()).toMatchObject({ halted: true });
  await answer(10, false);
  expect(control.intent()).toMatchObject({ halted: false });
  expect(control.intentVersion()).toBe(10);
  await control.close();
});
