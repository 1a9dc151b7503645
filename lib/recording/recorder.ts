import { setTimeout as delay } from "node:timers/promises";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { statementsAtOnce } from "#lib/statements-at-once.ts";
import { within } from "#lib/within.ts";
import { type EncodedEvents, encodeEvents, toLine } from "./encode-events.ts";
import { Journal } from "./journal.ts";
import { replaySegment, windowAt } from "./replay.ts";
import {
  type Durability,
  type EventBatch,
  type Recorder,
  type RecorderOptions,
  RecordingError,
} from "./types.ts";
import { commitCalls, writeEncoded } from "./write-events.ts";

const DEFAULT_RETENTION_DAYS = 400;
const DEFAULT_BUDGET_MS = 800;
const DEFAULT_PROBE_EVERY_MS = 500;
const CALLS_PER_STATEMENT = 256;
/** Two statements, the probe and a replay. */
const CONNECTIONS = 4;
/**
 * What the recorder's sessions begin with. One statement runs thousands of times with a few events each. PostgreSQL expects
 * hundreds, and would rather read tables of up to fifty thousand rows whole than look up each event's rows. And
 * compiling the statement takes longer than a login may.
 */
export const PLANNING = { random_page_cost: "0.1", plan_cache_mode: "force_generic_plan", jit: "off" };
/** A replay may take longer than a login can wait. */
const REPLAY_STATEMENT_MS = 15_000;
/** Losing the database again this soon after it came back makes the next probes rarer. */
const STABLE_AFTER_MS = 10_000;
const MAX_PROBE_FACTOR = 8;

type Waiting = {
  events: EncodedEvents;
  resolve: (result: { durable: Durability }) => void;
  reject: (error: RecordingError) => void;
};

/**
 * Starts a recorder: one per process. Calls that arrive while a statement is under way are committed together by the
 * next one. Once the database fails, everything goes to the journal until a probe in the background finds it working
 * again; then the journal is replayed, oldest first, beside the new records. A journal left by a killed process is
 * replayed at the start.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  return new GroupRecorder(options);
}

class GroupRecorder implements Recorder {
  readonly #options: Required<RecorderOptions>;
  readonly #journal: Journal;
  #pool: DatabaseClient;
  #mode: Durability = "database";
  #queue: Waiting[] = [];
  #underWay = 0;
  #callsInLast = 0;
  #isScheduled = false;
  #isClosed = false;
  #probeFactor = 1;
  #lastReturn = Number.NEGATIVE_INFINITY;
  #settled: (() => void) | undefined;
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  readonly #tending: Promise<void>;

  constructor(options: RecorderOptions) {
    this.#options = {
      retentionDays: () => DEFAULT_RETENTION_DAYS,
      budgetMs: DEFAULT_BUDGET_MS,
      probeEveryMs: DEFAULT_PROBE_EVERY_MS,
      ...options,
    };
    this.#journal = new Journal({ dir: options.journalDir, key: options.journalKey, log: options.log });
    this.#pool = this.#openPool();
    this.#tending = this.#tend();
  }

  state(): Durability {
    return this.#mode;
  }

  journalLines(): number {
    return this.#journal.lines();
  }

  record(batch: EventBatch): Promise<{ durable: Durability }> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new RecordingError("closed", "the recorder is closed"));
      this.#queue.push({ events: encodeEvents(batch), resolve, reject });
      this.#schedule();
    });
  }

  /** Waits for the end of this turn of the event loop, so that requests read together are committed together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#send();
    });
  }

  #send(): void {
    while (this.#queue.length > 0) {
      if (this.#mode === "database" && this.#underWay >= statementsAtOnce(this.#callsInLast)) return;
      const batch = this.#queue.splice(0, CALLS_PER_STATEMENT);
      this.#callsInLast = batch.length;
      this.#underWay += 1;
      const place = this.#mode === "database" ? this.#toDatabase(batch) : this.#toJournal(batch);
      void place.finally(() => {
        this.#underWay -= 1;
        this.#send();
        if (this.#underWay === 0) this.#settled?.();
      });
    }
  }

  async #toDatabase(batch: readonly Waiting[]): Promise<void> {
    const pool = this.#pool;
    const refused = new Map<number, unknown>();
    try {
      const calls = batch.map(({ events }) => events);
      const commit = commitCalls(pool.sql, calls, this.#window(), (place, _, error) =>
        refused.set(place, error),
      );
      await within(this.#options.budgetMs, commit);
    } catch (error) {
      this.#leaveDatabase(pool, error);
      // Whether it was committed is not known: the replay finds out, by writing it again where it is missing.
      return this.#toJournal(batch);
    }
    for (const [place, waiting] of batch.entries()) {
      if (refused.has(place)) await this.#refuse(waiting, refused.get(place));
      else waiting.resolve({ durable: "database" });
    }
  }

  async #toJournal(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#journal.append(batch.map(({ events }) => toLine(events)));
      for (const { resolve } of batch) resolve({ durable: "journal" });
      this.#wake();
    } catch (cause) {
      this.#options.log.error({ err: cause }, "the journal cannot be written while the database is away");
      const error = new RecordingError(
        "journal_unavailable",
        "neither database nor journal took the record",
        {
          cause,
        },
      );
      for (const { reject } of batch) reject(error);
    }
  }

  async #refuse({ events, reject }: Waiting, cause: unknown): Promise<void> {
    const { log } = this.#options;
    log.error({ code: (cause as { code?: string }).code }, "the database refuses a record; it is kept aside");
    await this.#journal
      .keepTextAside(toLine(events))
      .catch((err: unknown) => log.error({ err }, "a refused record could not be kept aside"));
    reject(new RecordingError("events_refused", "the database refuses these events", { cause }));
  }

  #window() {
    return windowAt(this.#options.clock(), this.#options.retentionDays());
  }

  #openPool(): DatabaseClient {
    return openDatabase(this.#options.databaseUrl, {
      connections: CONNECTIONS,
      connectTimeoutSeconds: Math.max(1, Math.ceil(this.#options.budgetMs / 1000)),
      statementTimeoutMs: REPLAY_STATEMENT_MS,
      applicationName: "gatehouse-recorder",
      settings: PLANNING,
    });
  }

  /** Connections that hang would never come back by themselves: the whole pool is replaced. */
  #replacePool(): void {
    const { sql } = this.#pool;
    this.#pool = this.#openPool();
    sql.end({ timeout: 0 }).catch(() => undefined);
  }

  #leaveDatabase(pool: DatabaseClient, error: unknown): void {
    if (pool !== this.#pool) return;
    this.#replacePool();
    if (this.#mode === "journal") return;
    this.#mode = "journal";
    const hasBeenBriefly = performance.now() - this.#lastReturn < STABLE_AFTER_MS;
    this.#probeFactor = hasBeenBriefly ? Math.min(this.#probeFactor * 2, MAX_PROBE_FACTOR) : 1;
    this.#options.log.warn({ reason: reasonOf(error) }, "the database is away: recording to the journal");
    this.#send();
    this.#wake();
  }

  /** Keeps the way back: probes while the database is away, then replays what the journal holds, then sleeps. */
  async #tend(): Promise<void> {
    while (!this.#isClosed) {
      const isBack = await this.#probe();
      if (isBack && (await this.#replay())) await this.#sleepUntilNeeded();
      else await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const { signal } = this.#stop;
    await delay(this.#options.probeEveryMs * this.#probeFactor, undefined, { signal }).catch(() => undefined);
  }

  #sleepUntilNeeded(): Promise<void> {
    if (this.#journal.lines() > 0 || this.#mode === "journal" || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** The recording statement itself, without events: a standby or a missing table would fail it too. */
  async #probe(): Promise<boolean> {
    const pool = this.#pool;
    try {
      await within(this.#options.budgetMs, writeEncoded(pool.sql, []));
    } catch (error) {
      if (this.#mode === "journal") this.#replacePool();
      else this.#leaveDatabase(pool, error);
      return false;
    }
    if (this.#mode === "journal") {
      this.#mode = "database";
      this.#lastReturn = performance.now();
      this.#options.log.info("the database is back");
    }
    return true;
  }

  /** Whether the journal is empty now. */
  async #replay(): Promise<boolean> {
    const { clock, log, retentionDays } = this.#options;
    const { sql } = this.#pool;
    const journal = this.#journal;
    try {
      await journal.adoptOrphans();
      for (let next = await journal.oldest(); next; next = await journal.oldest()) {
        await replaySegment(next, { sql, journal, clock, log, retentionDays, signal: this.#stop.signal });
      }
      return true;
    } catch (error) {
      // Whether it was the database or the disk, the next probe tells.
      if (!this.#isClosed) log.warn({ reason: reasonOf(error) }, "the journal could not be replayed yet");
      return false;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return this.#tending;
    this.#isClosed = true;
    if (this.#queue.length > 0 || this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
      });
    }
    this.#stop.abort();
    this.#wake();
    await this.#tending;
    await this.#pool.sql.end({ timeout: 1 });
    await this.#journal.close();
  }
}

/** Fit for a log: a code where there is one, never a message that may hold values. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? "unknown";
}
