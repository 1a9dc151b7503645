import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { exchange } from "#lib/multibiometrics/exchange.ts";
import type { Reading } from "#lib/multibiometrics/read-answer.ts";
import type { HttpAnswer } from "#lib/multibiometrics/read-failure.ts";
import { endpoints, keyHeader } from "#lib/multibiometrics/schema.ts";
import type { ApiFailureCode, Operation } from "#lib/multibiometrics/types.ts";
import { writeBody } from "#lib/multibiometrics/write-body.ts";
import { formOf, messageIn } from "./answer-form.ts";
import { type CheckPictures, checkPictures } from "./pictures.ts";
import { shownAnswer, shownRequest } from "./shown.ts";
import type { AnswerForm, Fact, Observation, ShownExchange } from "./types.ts";

/** Where checks are made, with which keys. The keys stay here and go into one header. */
export type LabAddress = {
  url: string;
  apiKey: string;
  apiKeySecondary?: string | undefined;
  qualityApiKey: string;
  totalTimeoutMs: number;
};

/** One raw call. Without a body given as JSON, the text goes out as it is. */
export type Ask = {
  operation: Operation;
  body: unknown;
  /** Instead of the operation's own. */
  method?: string;
  path?: string;
  /** Null sends none. */
  key?: string | null;
};

/** One answer as it is, and as our client reads it. */
export type Seen<T> =
  | {
      answered: true;
      status: number;
      contentType: string;
      form: AnswerForm;
      message: string | null;
      body: string;
      reading: Reading<T>;
    }
  | { answered: false; code: ApiFailureCode };

/** The CustomIDs of one run. Only the first three are ever sent to be enrolled. */
export type TestIds = { main: string; black: string; half: string; nobody: string };

export type LabOptions = {
  address: LabAddress;
  ids: TestIds;
  signal?: AbortSignal;
  /** Is waited for before somebody is sent to be enrolled: it is written down first. Throws where it must not be. */
  beforeEnrol(customId: string): Promise<void>;
  /** The answer is here: nothing of that enrolment can arrive any more. */
  afterEnrol(customId: string): Promise<void>;
};

export type Lab = {
  readonly pictures: CheckPictures;
  readonly ids: TestIds;
  readonly signal: AbortSignal | undefined;
  call<T>(ask: Ask, read: Read<T>): Promise<Seen<T>>;
  /** A call that may enrol somebody. */
  enrol<T>(customId: string, ask: Ask, read: Read<T>): Promise<Seen<T>>;
  learn(fact: Fact, value: string): void;
  known(fact: Fact): string | undefined;
  /** Templates of faces that extract made in this run. */
  readonly templates: Map<"face" | "faceAgain" | "otherFace", string>;
  /** What was exchanged and learnt since the last time. */
  takeNotes(): { exchanges: ShownExchange[]; observed: Observation[] };
  close(): Promise<void>;
};

const SHORTEST_WAIT_MS = 15_000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSES = 2;
const MOST_ANSWER_BYTES = 1_048_576;
const LONGEST_MESSAGE = 200;

type Read<T> = (answer: HttpAnswer, nowMs: number) => Reading<T>;

/** Opens what checks are made with: raw calls over the client's own exchange, everything that is seen noted. */
export async function openLab({ address, ids, signal, ...enrolling }: LabOptions): Promise<Lab> {
  const pictures = await checkPictures();
  const pool = new Pool(new URL(address.url).origin, {
    connections: 2,
    connect: { timeout: address.totalTimeoutMs },
  });
  const facts = new Map<Fact, string>();
  let exchanges: ShownExchange[] = [];
  let observed: Observation[] = [];
  const note = (shown: ShownExchange) => void exchanges.push(shown);
  const call = callThrough({ pool, address, signal, note });
  return {
    pictures,
    ids,
    signal,
    call,
    templates: new Map(),
    async enrol(customId, ask, read) {
      await enrolling.beforeEnrol(customId);
      const seen = await call(ask, read);
      if (seen.answered) await enrolling.afterEnrol(customId);
      return seen;
    },
    learn(fact, value) {
      facts.set(fact, value);
      observed.push({ fact, value });
    },
    known: (fact) => facts.get(fact),
    takeNotes() {
      const notes = { exchanges, observed };
      exchanges = [];
      observed = [];
      return notes;
    },
    close: () => pool.close(),
  };
}

type Line = {
  pool: Pool;
  address: LabAddress;
  signal: AbortSignal | undefined;
  note(shown: ShownExchange): void;
};

/** Calls with the key that is taken, again after a pause that the service asks for, twice at most. */
function callThrough(line: Line): Lab["call"] {
  const { address, signal } = line;
  let mainKey = address.apiKey;
  return async (ask, read) => {
    for (let pauses = 0; ; pauses++) {
      const seen = await callOnce(line, ask, mainKey, read);
      const failed = seen.answered && !seen.reading.ok ? seen.reading : null;
      const other = address.apiKeySecondary;
      if (failed?.code === "unauthorized" && ask.key === undefined && other && mainKey !== other) {
        mainKey = other;
        continue;
      }
      const waitMs = failed?.code === "rate_limited" ? (failed.retryAfterMs ?? 1000) : null;
      if (waitMs === null || waitMs > LONGEST_PAUSE_MS || pauses === PAUSES) return seen;
      await delay(waitMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  };
}

async function callOnce<T>(line: Line, ask: Ask, mainKey: string, read: Read<T>): Promise<Seen<T>> {
  const { pool, address, signal, note } = line;
  const method = ask.method ?? endpoints[ask.operation].method;
  const path = ask.path ?? endpoints[ask.operation].path;
  const key = ask.key === undefined ? keyOf(ask, address, mainKey) : ask.key;
  const headers = {
    ...(key === null ? {} : { [keyHeader]: key }),
    "content-type": "application/json",
    accept: "application/json",
  };
  const body = typeof ask.body === "string" ? Buffer.from(ask.body) : writeBody(ask.body);
  const basePath = new URL(address.url).pathname.replace(/\/+$/, "");
  const timeoutMs = Math.max(SHORTEST_WAIT_MS, address.totalTimeoutMs);
  const startedMs = performance.now();
  const ended = await exchange(
    pool,
    { method, path: `${basePath}${path}`, headers, body },
    { timeoutMs, maxAnswerBytes: MOST_ANSWER_BYTES, signal },
  );
  const shown = {
    call: `${method} ${path.split("/").at(-1)}`,
    request: shownRequest(ask.body),
    tookMs: Math.round(performance.now() - startedMs),
  };
  if (ended.kind === "lost") {
    const { code, status } = ended;
    note({ ...shown, status, contentType: null, answer: code, message: null });
    return { answered: false, code };
  }
  const { status, body: text } = ended.answer;
  const said = messageIn(text);
  const message = said === null ? null : shownAnswer(said, keysOf(address), LONGEST_MESSAGE);
  const answer = shownAnswer(text, keysOf(address));
  note({ ...shown, status, contentType: ended.contentType, answer, message });
  const contentType = (ended.contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const reading = read(ended.answer, Date.now());
  return { answered: true, status, contentType, form: formOf(text), message, body: text, reading };
}

const keyOf = ({ operation }: Ask, { qualityApiKey }: LabAddress, mainKey: string): string =>
  operation === "check_icao" ? qualityApiKey : mainKey;

const keysOf = ({ apiKey, apiKeySecondary, qualityApiKey }: LabAddress): string[] =>
  [apiKey, apiKeySecondary, qualityApiKey].filter((key): key is string => key !== undefined);
