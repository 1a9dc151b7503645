import type { ImportAnswer } from "#lib/early-adopters/types.ts";

/** Why there is no answer at all. `broken_off`: the connection ended before the whole file was there. */
export type SendFailure = "signed_out" | "forbidden" | "broken_off" | "unexpected";
export type SendResult =
  | { ok: true; answer: ImportAnswer }
  | { ok: false; failure: SendFailure | "cancelled" };

const FAILURES: Record<number, SendFailure> = { 0: "broken_off", 401: "signed_out", 403: "forbidden" };

type Sending = {
  file: File;
  /** The SHA-256 of the file that was looked through, to import it. */
  expectedSha256: string | null;
  /** From 0 to 1. */
  onSent(share: number): void;
  signal: AbortSignal;
};

/** Sends a file of any length as it is on the disk. By XMLHttpRequest: nothing else in a browser tells how far it is. */
export function sendFile({ file, expectedSha256, onSent, signal }: Sending): Promise<SendResult> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/early-adopters/imports");
    request.setRequestHeader("content-type", "text/csv");
    if (expectedSha256 !== null) request.setRequestHeader("x-expected-sha256", expectedSha256);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total);
    request.onloadend = () => {
      if (signal.aborted) return resolve({ ok: false, failure: "cancelled" });
      const answer = request.response as ImportAnswer | null;
      if (request.status === 200 && answer !== null) return resolve({ ok: true, answer });
      resolve({ ok: false, failure: FAILURES[request.status] ?? "unexpected" });
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
