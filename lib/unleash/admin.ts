import type { z } from "zod";
import { apiAddress } from "./api-address.ts";

export type AdminFailureCode =
  | "token_refused"
  | "not_found"
  | "already_exists"
  | "conflict"
  | "request_refused"
  | "server_failed"
  | "timed_out"
  | "unreachable"
  | "answer_unreadable";

export type AdminFailure = { ok: false; code: AdminFailureCode; status: number | null };
export type AdminAnswer<T> = { ok: true; value: T } | AdminFailure;

export type PatchOperation = { op: "test" | "replace"; path: string; value: string | boolean };

/** The part of Unleash's admin API that one project needs; paths are below `/api/admin`. */
export type UnleashAdmin = {
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<AdminAnswer<z.output<Schema>>>;
  /** A write answers only that it worked: what it changed is read back, because the network may lie. */
  post(path: string, body?: unknown): Promise<AdminAnswer<null>>;
  /** A JSON Patch. Its `test` operations see a stale edit, as `conflict`, but two at once can both pass them. */
  patch(path: string, operations: readonly PatchOperation[]): Promise<AdminAnswer<null>>;
  /** Replaces a whole object. */
  put(path: string, body: unknown): Promise<AdminAnswer<null>>;
  remove(path: string): Promise<AdminAnswer<null>>;
};

export type UnleashAdminOptions = { url: string; adminToken: string; timeoutMs?: number };

/**
 * Makes a client of Unleash's admin API. Never throws, and never tries anything twice: a repeated POST of a
 * strategy would make a second one.
 */
export function createUnleashAdmin({
  url,
  adminToken,
  timeoutMs = 5_000,
}: UnleashAdminOptions): UnleashAdmin {
  const base = `${apiAddress(url)}/admin`;

  async function send(method: string, path: string, body?: unknown): Promise<AdminAnswer<string>> {
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        // The bare token: Unleash knows no "Bearer".
        headers: { authorization: adminToken, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.ok) return { ok: true, value: text };
      // It answers a failed test of a patch as a mistake of its own.
      const code = text.includes("TEST_OPERATION_FAILED") ? "conflict" : codeOf(response.status);
      return { ok: false, code, status: response.status };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      return { ok: false, code: timedOut ? "timed_out" : "unreachable", status: null };
    }
  }

  return {
    async get(path, schema) {
      const answer = await send("GET", path);
      if (!answer.ok) return answer;
      const parsed = schema.safeParse(parseJson(answer.value));
      if (!parsed.success) return { ok: false, code: "answer_unreadable", status: 200 };
      return { ok: true, value: parsed.data };
    },
    post: async (path, body) => written(await send("POST", path, body)),
    patch: async (path, operations) => written(await send("PATCH", path, operations)),
    put: async (path, body) => written(await send("PUT", path, body)),
    remove: async (path) => written(await send("DELETE", path)),
  };
}

const written = (answer: AdminAnswer<string>): AdminAnswer<null> =>
  answer.ok ? { ok: true, value: null } : answer;

function codeOf(status: number): AdminFailureCode {
  if (status === 401 || status === 403) return "token_refused";
  if (status === 404) return "not_found";
  if (status === 409) return "already_exists";
  return status >= 500 ? "server_failed" : "request_refused";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
