import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { listenForEver } from "#db/listen.ts";
import { listLiveKeys } from "#lib/applications/queries.ts";
import { isEnded } from "#lib/applications/rules.ts";
import { APPLICATION_KEYS_CHANNEL } from "#lib/applications/schema.ts";
import type { LiveKey } from "#lib/applications/types.ts";
import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { findCircuitSwitch } from "#lib/circuit/queries.ts";
import { isHeldOpen } from "#lib/circuit/rules.ts";
import { CIRCUIT_CHANNEL } from "#lib/circuit/schema.ts";
import type { CircuitSwitch } from "#lib/circuit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import type { Log } from "#lib/log.ts";
import type { Control } from "#lib/logins/types.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES, POLICIES_CHANNEL, type Policy } from "#lib/policies/schema.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import { DEFAULT_RETENTION_VALUES, RETENTION_CHANNEL, type RetentionValues } from "#lib/retention/schema.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { ROLLOUT_INTENT_CHANNEL, type RolloutIntent } from "#lib/rollout/schema.ts";
import type { Flags } from "#lib/unleash/types.ts";
import { createKnownIntent } from "./known-intent.ts";
import type { GatewayLedger } from "./ledger.ts";
import { readSnapshot, type Snapshot, writeSnapshot } from "./snapshot.ts";

/** What this gateway was last told: keys, rules and the rollout's intent. */
export type GatewayControl = Control & {
  /** The live key of this digest, or null; a planned end is judged by this gateway's clock, whatever is away. */
  keyOf(hash: string): LiveKey | null;
  /** False until keys came from the database or the snapshot. */
  hasKeys(): boolean;
  intentVersion(): number | null;
  /** The version of the circuit's switch that is obeyed; null where nobody ever used it. */
  circuitVersion(): number | null;
  /** How long data is kept: an event older than that is not recorded any more. */
  retention(): RetentionValues;
  /** The largest picture, in bytes, that the API takes, as far as the integration checks saw it. */
  pictureLimit(): number;
  /** Calls back whenever another version of the policy, the intent or the circuit's switch than before has been taken. */
  onChange(taken: () => void): void;
  /** Reads everything again; what cannot be read stays as it was. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};

export type ControlOptions = {
  /** The API whose observed facts count. */
  apiOrigin: string;
  ledger: GatewayLedger;
  /** A connection of its own, only to be woken by. */
  listen: Sql;
  flags: Pick<Flags, "state">;
  snapshotFile: string;
  snapshotKey: Buffer;
  silenceMs: number;
  clock: Clock;
  log: Pick<Log, "info" | "warn" | "error">;
  pollEveryMs?: number;
};

const POLL_EVERY_MS = 5_000;
const CHANNELS = [
  ROLLOUT_INTENT_CHANNEL,
  POLICIES_CHANNEL,
  APPLICATION_KEYS_CHANNEL,
  RETENTION_CHANNEL,
  CIRCUIT_CHANNEL,
];

/** Starts with the snapshot or the database, whichever is there, then follows by LISTEN and a poll every five seconds. */
export async function startControl(options: ControlOptions): Promise<GatewayControl> {
  const { ledger, flags, clock, silenceMs, log } = options;
  const known = await readSnapshot(options.snapshotFile, options.snapshotKey);
  let keys = new Map<string, LiveKey>(known?.keys.map((key) => [key.hash, key]));
  let hasKeys = known !== null;
  let policy: Policy = known?.policy ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  let [retention, pictureLimit] = [known?.retention ?? DEFAULT_RETENTION_VALUES, MAX_PICTURE_BYTES];
  let circuit: CircuitSwitch | null = known?.circuit ?? null;
  const intent = createKnownIntent(log);
  let heardAt: Date | null = null;
  const snapshots = createSnapshots(options, known);
  let changeTaken: (() => void) | null = null;

  function take(told: Told): void {
    keys = new Map(told.keys.map((key) => [key.hash, key]));
    hasKeys = true;
    const isNewPolicy = told.policy !== null && told.policy.version !== policy.version;
    if (told.policy !== null) policy = told.policy;
    const isNewSwitch = told.circuit?.version !== circuit?.version;
    ({ circuit, retention, pictureLimit } = told);
    if (intent.take(told.intent) || isNewPolicy || isNewSwitch) changeTaken?.();
    heardAt = clock();
    snapshots.keep({ keys: told.keys.map(copyKey), policy, retention, circuit });
  }

  const refresh = oneAtATime(async () => {
    intent.beginRead();
    try {
      take(await ledger.run((db) => readTold(db, options.apiOrigin, clock())));
    } catch (error) {
      if (ledger.isReachable())
        log.error({ err: error }, "Keys, policy, retention, intent and switch could not be read");
    }
  });

  await refresh();
  const poll = setInterval(refresh, options.pollEveryMs ?? POLL_EVERY_MS);
  poll.unref();
  const stopListening = listenForEver(options.listen, CHANNELS, {
    onWord(channel, word) {
      if (channel === ROLLOUT_INTENT_CHANNEL && intent.hear(word)) changeTaken?.();
      void refresh();
    },
    onTrouble: (error) => log.warn({ err: error }, "Cannot listen to the database yet"),
  });

  return {
    policy: () => policy,
    intent: () => intent.now() ?? { exposurePercent: 0, offersEarlyAdopters: false, halted: false },
    intentVersion: () => intent.now()?.version ?? null,
    circuitVersion: () => circuit?.version ?? null,
    isCircuitHeld: (now) => isHeldOpen(circuit, now),
    retention: () => retention,
    pictureLimit: () => pictureLimit,
    onChange: (taken) => {
      changeTaken = taken;
    },
    keyOf(hash) {
      const key = keys.get(hash);
      return key === undefined || isEnded(key, clock()) ? null : key;
    },
    hasKeys: () => hasKeys,
    isSilent: (now) => isSilent([heardAt, flags.state().lastHeardAt], now, silenceMs),
    refresh,
    async close() {
      clearInterval(poll);
      stopListening();
      await options.listen.end({ timeout: 1 });
      await snapshots.settled();
    },
  };
}

/** Keeps what a start without the database needs, one writing after the other, and only what is new. */
function createSnapshots(
  { snapshotFile, snapshotKey, log }: Pick<ControlOptions, "snapshotFile" | "snapshotKey" | "log">,
  known: Snapshot | null,
) {
  let saved = known === null ? "" : JSON.stringify(known);
  let saving: Promise<void> = Promise.resolve();
  async function save(snapshot: Snapshot): Promise<void> {
    const text = JSON.stringify(snapshot);
    if (text === saved) return;
    try {
      await writeSnapshot(snapshotFile, snapshotKey, snapshot);
      saved = text;
    } catch (error) {
      log.error({ err: error }, "The snapshot for a start without the database could not be written");
    }
  }
  return {
    keep(snapshot: Snapshot): void {
      saving = saving.then(() => save(snapshot));
    },
    settled: () => saving,
  };
}

type Told = {
  keys: LiveKey[];
  policy: Policy | null;
  intent: RolloutIntent | null;
  circuit: CircuitSwitch | null;
  retention: RetentionValues;
  pictureLimit: number;
};

async function readTold(db: Database, apiOrigin: string, now: Date): Promise<Told> {
  const [keys, policy, intent, circuit, retention, pictureLimit] = await Promise.all([
    listLiveKeys(db),
    findCurrentPolicy(db),
    findIntent(db),
    findCircuitSwitch(db),
    findObeyedRetention(db, now),
    findPictureLimit(db, apiOrigin),
  ]);
  keys.sort((a, b) => a.hash.localeCompare(b.hash));
  return { keys, policy, intent, circuit, retention, pictureLimit };
}

const copyKey = (key: LiveKey) => ({ ...key, channels: [...key.channels] });

function isSilent(heard: (Date | null)[], now: Date, silenceMs: number): boolean {
  return !heard.some((at) => at !== null && now.getTime() - at.getTime() <= silenceMs);
}

/** A wish that arrives while the work is under way is granted once more after it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work();
    } while (again);
    running = null;
  };
  return () => {
    if (running === null) running = run();
    else again = true;
    return running;
  };
}
