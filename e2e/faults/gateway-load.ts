import { setTimeout as delay } from "node:timers/promises";
import { VERIFICATION_REASONS } from "#lib/logins/schema.ts";

/** What applications were told, and so must be found in the history. */
export type Told = {
  /** Login ids as the gateway gave them, with the tries each was answered for. */
  tries: Map<string, number>;
  /** Logins whose end was acknowledged. */
  ended: Set<string>;
  reasons: Map<string, number>;
  /** Requests that got no answer: nothing is promised about them. */
  unanswered: number;
};

export type Load = { told: Told; stop(): Promise<void> };

const CLIENTS = 16;
const PAUSE_MS = 40;
const TRIED: ReadonlySet<string> = new Set(VERIFICATION_REASONS);
/** The first bytes of a JPEG: the gateway looks at no more. */
const FACE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]).toString("base64");

type Json = { loginId?: string; reason?: string; decision?: string; path?: string };

/** Sixteen applications' worth of people who log in: at once, in two steps, with a second try, or the old way. */
export function startLoad(url: string, key: string, customIds: readonly string[]): Load {
  const told: Told = { tries: new Map(), ended: new Set(), reasons: new Map(), unanswered: 0 };
  let isStopping = false;

  async function post(path: string, body: unknown): Promise<{ status: number; json: Json } | null> {
    try {
      const answer = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await answer.text();
      return { status: answer.status, json: text === "" ? {} : (JSON.parse(text) as Json) };
    } catch {
      told.unanswered += 1;
      return null;
    }
  }

  function noteTry(loginId: string, { reason = "", decision = "" }: Json): void {
    told.reasons.set(reason, (told.reasons.get(reason) ?? 0) + 1);
    if (!TRIED.has(reason)) return;
    told.tries.set(loginId, (told.tries.get(loginId) ?? 0) + 1);
    if (decision === "approved" || decision === "rejected") told.ended.add(loginId);
  }

  async function logIn(): Promise<void> {
    const customId = customIds[Math.floor(Math.random() * customIds.length)] ?? "";
    const isAtOnce = Math.random() < 0.5;
    const opened = await post("/v1/logins", {
      customId,
      channel: "web",
      ...(isAtOnce ? { face: FACE } : {}),
    });
    if (opened?.status !== 201 || opened.json.loginId === undefined) return;
    const { loginId } = opened.json;
    told.tries.set(loginId, 0);
    noteTry(loginId, opened.json);
    let { decision } = opened.json;
    for (let tries = 0; tries < 2 && (decision === undefined || decision === "retry_capture"); tries += 1) {
      if (opened.json.path === "legacy") break;
      const tried = await post(`/v1/logins/${loginId}/verifications`, { face: FACE });
      if (tried?.status !== 200) return;
      noteTry(loginId, tried.json);
      decision = tried.json.decision;
    }
    if (decision === "approved" || decision === "rejected" || Math.random() < 0.2) return;
    const ended = await post(`/v1/logins/${loginId}/legacy-outcome`, { succeeded: Math.random() < 0.9 });
    if (ended?.status === 204) told.ended.add(loginId);
  }

  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isStopping) {
      await logIn();
      await delay(Math.random() * PAUSE_MS);
    }
  });
  return {
    told,
    async stop() {
      isStopping = true;
      await Promise.all(clients);
    },
  };
}
