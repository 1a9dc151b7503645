import { type DestinationStream, type Logger, pino } from "pino";
import { readLogLevel } from "#lib/env.ts";

export type Log = Logger;

const SECRET_NAMES = [
  "apiKey",
  "authorization",
  "body",
  "cookie",
  "customId",
  "databaseUrl",
  "face",
  "fingers",
  "image",
  "loginKey",
  "password",
  "secret",
  "token",
];
const SECRET_KEYS = new Set(SECRET_NAMES.map((name) => name.toLowerCase()));
const LONG = 200;
const LONG_BASE64 = /[A-Za-z0-9+/_-]{200,}={0,2}/g;
const REMOVED = "[long text removed]";
const MAX_DEPTH = 6;

const withoutLong = (text: string) => (text.length < LONG ? text : text.replace(LONG_BASE64, REMOVED));

/** A copy of the value fit for a log: no secrets, no CustomIDs, no bodies, no images. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return withoutLong(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (value instanceof URL) return value.origin;
  if (ArrayBuffer.isView(value)) return "[bytes removed]";
  if (depth >= MAX_DEPTH) return "[deeper parts removed]";
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (SECRET_KEYS.has(key.toLowerCase())) kept[key] = "[removed]";
    else kept[key] = item instanceof Error ? scrub(readError(item), depth + 1) : scrub(item, depth + 1);
  }
  return kept;
}

const WHERE_TO_LOOK = ["code", "severity", "schema_name", "table_name", "column_name", "constraint_name"];

/**
 * An error as plain fields. A failed query's text holds its values, CustomIDs among them, and so do PostgreSQL's own
 * words and details: of these only the names of things are kept.
 */
function readError(error: Error): Record<string, unknown> {
  const quotesValues = "params" in error || error.name === "PostgresError";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const { cause, ...fields } = { ...error, cause: error.cause };
  const told = Object.entries(fields).filter(([name]) => !quotesValues || WHERE_TO_LOOK.includes(name));
  return {
    ...Object.fromEntries(told),
    type: error.constructor.name,
    ...(quotesValues ? {} : { message: error.message }),
    stack: frames.join("\n"),
    ...(cause instanceof Error ? { cause } : {}),
  };
}

/** Opens a log of one JSON line per event; every line is scrubbed before it is written. */
const openLog = (stream: DestinationStream): Log =>
  pino(
    {
      level: readLogLevel(),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors are serialised and scrubbed below, as part of the line they stand in.
      serializers: { err: (error) => error },
      // The bindings of child loggers pass no formatter; redaction reaches them too.
      redact: { paths: SECRET_NAMES, censor: "[removed]" },
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => scrub(line) as Record<string, unknown>,
      },
      hooks: { streamWrite: withoutLong },
    },
    stream,
  );

/** The log of this process, on standard output. */
export const log: Log = openLog(pino.destination(1));

/**
 * The same for a process of many lines: they are written beside its work, those that come meanwhile together. All are out
 * before the process ends by itself, and before a fatal line is followed by anything; a killed one loses the last of them.
 */
export const openBusyLog = (): Log => openLog(pino.destination({ dest: 1, sync: false }));
