import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import type { HttpAnswer } from "./read-failure.ts";

export type HttpRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
};

/** How one try ended. `sent` is true once the request was given to a connection, so that it may have arrived. */
export type Exchange =
  | {
      kind: "answered";
      answer: HttpAnswer;
      /** Of the body's bytes, in hexadecimal. */
      sha256: string;
      /** As the header says; null where there is none. */
      contentType: string | null;
    }
  | {
      kind: "lost";
      code: "timed_out" | "unreachable" | "answer_unreadable";
      status: number | null;
      sent: boolean;
    };

export type ExchangeLimits = { timeoutMs: number; maxAnswerBytes: number; signal?: AbortSignal | undefined };

type Progress = { controller: Dispatcher.DispatchController | null; status: number | null; settled: boolean };

/**
 * Sends one request and reads its whole answer within the time, whatever the other side does: a socket that
 * stays silent, drips or never connects ends as `timed_out` and is closed. Never rejects.
 */
export function exchange(
  pool: Dispatcher,
  request: HttpRequest,
  { timeoutMs, maxAnswerBytes, signal }: ExchangeLimits,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const progress: Progress = { controller: null, status: null, settled: false };
    const settle = (result: Exchange) => {
      if (progress.settled) return;
      progress.settled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      resolve(result);
    };
    const lose = (code: "timed_out" | "unreachable" | "answer_unreadable") => {
      settle({ kind: "lost", code, status: progress.status, sent: progress.controller !== null });
      progress.controller?.abort(new Error(code));
    };
    // The pool's own timeouts watch the gaps between bytes; only a timer over the whole try stops a slow drip.
    const giveUp = () => lose("timed_out");
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener("abort", giveUp, { once: true });
    const options = { ...request, headersTimeout: 0, bodyTimeout: 0 };
    try {
      pool.dispatch(options, collect(progress, maxAnswerBytes, settle, lose));
    } catch {
      lose("unreachable");
    }
  });
}

function collect(
  progress: Progress,
  maxAnswerBytes: number,
  settle: (result: Exchange) => void,
  lose: (code: "unreachable" | "answer_unreadable") => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let retryAfter: string | null = null;
  let contentType: string | null = null;
  return {
    onRequestStart(controller) {
      // A try given up while it waited for a connection must not be sent after all.
      if (progress.settled) return controller.abort(new Error("given up"));
      progress.controller = controller;
    },
    onResponseStart(_controller, status, headers) {
      if (status < 200) return;
      progress.status = status;
      const header = headers["retry-after"];
      retryAfter = typeof header === "string" ? header : null;
      const type = headers["content-type"];
      contentType = typeof type === "string" ? type : null;
      // Compression is not asked for, so an encoded body could only be misread.
      const encoding = headers["content-encoding"];
      if (encoding !== undefined && encoding !== "identity") lose("answer_unreadable");
    },
    onResponseData(_controller, chunk) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) return lose("answer_unreadable");
      chunks.push(chunk);
    },
    onResponseEnd() {
      const bytesRead = Buffer.concat(chunks);
      const body = bytesRead.toString("utf8");
      const sha256 = createHash("sha256").update(bytesRead).digest("hex");
      const answer = { status: progress.status ?? 0, body, retryAfter };
      settle({ kind: "answered", answer, sha256, contentType });
    },
    onResponseError(_controller, error) {
      lose(isGarbage(error) ? "answer_unreadable" : "unreachable");
    },
  };
}

/** True when bytes arrived that are not an HTTP answer, as opposed to a connection that failed. */
function isGarbage(error: Error & { code?: unknown }): boolean {
  const code = typeof error.code === "string" ? error.code : "";
  return error.name === "HTTPParserError" || code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW";
}
