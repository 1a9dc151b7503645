import { openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { createRecorder } from "#lib/recording/recorder.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import type { EventBatch } from "#lib/recording/types.ts";

/** Records logins until it is killed, and writes down every event after it was acknowledged. */
const {
  DATABASE_URL = "",
  JOURNAL_DIR = "",
  JOURNAL_KEY = "",
  ACKNOWLEDGED_FILE = "",
  PEOPLE = "",
} = process.env;
const WRITERS = 16;
const PAUSE_MS = 15;
const people = PEOPLE.split(",");
const acknowledged = openSync(ACKNOWLEDGED_FILE, "a");
const recorder = createRecorder({
  databaseUrl: DATABASE_URL,
  journalDir: JOURNAL_DIR,
  journalKey: Buffer.from(JOURNAL_KEY, "hex"),
  clock: systemClock,
  log,
  // Kills come every second here: without this most of the load would go to the journal.
  probeEveryMs: 50,
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

const pick = (count: number) => Math.floor(Math.random() * count);

async function record(batch: EventBatch): Promise<void> {
  const { durable } = await recorder.record(batch);
  const lines = [
    ...(batch.opened ?? []).map(({ id }) => `logins ${id}`),
    ...(batch.verifications ?? []).map(({ id }) => `verifications ${id}`),
    ...(batch.closed ?? []).map(({ loginId }) => `login_outcomes ${loginId}`),
  ];
  // One write per batch: the kernel has it whole, or the event was not acknowledged.
  writeSync(acknowledged, lines.map((line) => `${line} ${durable}\n`).join(""));
}

function aLogin() {
  const now = new Date();
  const login = sampleLogin(now, {
    personId: people[pick(people.length)] ?? null,
    channel: `channel-${pick(3)}`,
  });
  const failure = sampleVerification(login, now, { outcome: "not_matched", apiLatencyMs: pick(900) });
  const success = sampleVerification(login, now, { attempt: 2, apiLatencyMs: pick(900) });
  return { login, failure, success };
}

/** In one call, as an application that sends everything at once. */
async function recordTogether(): Promise<void> {
  const { login, failure } = aLogin();
  await record({ opened: [login], verifications: [failure], closed: [sampleClosing(login, new Date())] });
}

/** Step by step, as a person with a second try. */
async function recordInSteps(): Promise<void> {
  const { login, failure, success } = aLogin();
  await record({ opened: [login] });
  await record({ verifications: [failure] });
  const at = new Date();
  await record({ verifications: [{ ...success, at }], closed: [sampleClosing(login, at, { attempts: 2 })] });
}

await Promise.all(
  Array.from({ length: WRITERS }, async () => {
    for (;;) {
      await (pick(2) === 0 ? recordTogether() : recordInSteps());
      // A few hundred logins a second: enough to be hit anywhere, not so many that the end is mostly replay.
      await delay(pick(2 * PAUSE_MS));
    }
  }),
);
