import type { Log } from "#lib/log.ts";

const EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;

export type HeartbeatOptions = { url: string; log: Pick<Log, "info" | "warn">; everyMs?: number };

/**
 * A sign of life for whoever watches from outside, who raises the alarm when it stays away: what hangs on the worker and on
 * PostgreSQL cannot tell of their own end. The function it returns is to be called whenever both are known to work; it asks
 * the address at most once a minute, with GET, waits for nothing and never throws. The address may hold a secret, so it
 * stands in no log.
 */
export function createHeartbeat({ url, log, everyMs = EVERY_MS }: HeartbeatOptions): () => void {
  let sentAt = Number.NEGATIVE_INFINITY;
  let isHeard = true;

  async function send(): Promise<void> {
    const trouble = await ask(url);
    if (trouble !== null && isHeard)
      log.warn({ trouble }, "the heartbeat address does not take the sign of life");
    if (trouble === null && !isHeard) log.info("the heartbeat address takes the sign of life again");
    isHeard = trouble === null;
  }

  return () => {
    if (performance.now() - sentAt < everyMs) return;
    sentAt = performance.now();
    void send();
  };
}

/** Null where it was taken, otherwise a status or the code of what went wrong: no message, which would name the address. */
async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
    return answer.ok ? null : String(answer.status);
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    return cause?.code ?? name;
  }
}
