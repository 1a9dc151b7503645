import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";

/** What one gateway answered last, by the clock of whoever asked (`performance.now()`). */
export type Watched = {
  name: string;
  logins: number;
  /** Calls without an answer, or refused for want of something. */
  failed: number;
  /** Answers since the last one that still let somebody on with biometrics, whatever they were about. */
  since: number;
  /** When the last login that was offered biometrics was asked for, and when it was answered. */
  offerSentMs: number;
  offerAnsweredMs: number;
  /** When the last try of a login that was open was answered with anything but the way out. */
  judgedAnsweredMs: number;
  /** Why logins went the old way since the last offer. */
  reasons: Map<string, number>;
  /** Logins that were offered biometrics and wait for a face, the newest last. */
  open: string[];
};

export type OfferWatch = {
  gateways: readonly Watched[];
  /** One try of an open login, as its application sends it. */
  tryLogin(gateway: Watched, loginId: string): Promise<Answer>;
  stop(): Promise<void>;
};

type Answer = { path?: string; loginId?: string; reason?: string; decision?: string };

/** The first bytes of a JPEG: the gateway looks at no more. */
const FACE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]).toString("base64");
const KEPT_OPEN = 5;

export type LoadOptions = {
  urls: Record<string, string>;
  key: string;
  customIds: readonly string[];
  /** Clients of each gateway, and how long each of them rests after a login. */
  clients: number;
  pauseMs: number;
};

/** People who log in at every gateway all the time, every eighth of them up to the end; and what each gateway answered last. */
export function watchOffers({ urls, key, customIds, clients, pauseMs }: LoadOptions): OfferWatch {
  let isStopping = false;
  const pools = new Map<string, Pool>();

  async function post(name: string, path: string, body: unknown): Promise<Answer> {
    const answer = await pools.get(name)?.request({
      ...{ method: "POST", path, body: JSON.stringify(body), headersTimeout: 10_000 },
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    });
    if (answer === undefined) throw new Error(`No gateway ${name}`);
    const json = (await answer.body.json()) as Answer;
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(json)}`);
    return json;
  }

  async function openOne(watched: Watched): Promise<Answer> {
    const customId = customIds[Math.floor(Math.random() * customIds.length)];
    const sentMs = performance.now();
    const opened = await post(watched.name, "/v1/logins", { customId, channel: "web" });
    const answeredMs = performance.now();
    watched.logins += 1;
    watched.since += 1;
    if (opened.path !== "biometric" || opened.loginId === undefined) {
      const reason = opened.reason ?? "none";
      watched.reasons.set(reason, (watched.reasons.get(reason) ?? 0) + 1);
      return opened;
    }
    watched.offerSentMs = Math.max(watched.offerSentMs, sentMs);
    watched.offerAnsweredMs = Math.max(watched.offerAnsweredMs, answeredMs);
    watched.since = 0;
    watched.reasons.clear();
    return opened;
  }

  async function tryLogin(watched: Watched, loginId: string): Promise<Answer> {
    const tried = await post(watched.name, `/v1/logins/${loginId}/verifications`, { face: FACE });
    if (tried.decision !== "use_legacy") watched.judgedAnsweredMs = performance.now();
    return tried;
  }

  async function client(watched: Watched): Promise<void> {
    for (let turn = 0; !isStopping; turn += 1) {
      try {
        const { path, loginId } = await openOne(watched);
        if (path === "biometric" && loginId !== undefined) {
          if (turn % 8 === 0) await tryLogin(watched, loginId);
          else watched.open = [...watched.open, loginId].slice(-KEPT_OPEN);
        }
      } catch {
        // A gateway that answers no login offers nothing.
        watched.failed += 1;
      }
      await delay(Math.random() * 2 * pauseMs);
    }
  }

  const gateways = Object.entries(urls).map(([name, url]): Watched => {
    pools.set(name, new Pool(url, { connections: clients * 2 }));
    const never = { offerSentMs: 0, offerAnsweredMs: 0, judgedAnsweredMs: 0 };
    return { name, logins: 0, failed: 0, since: 0, ...never, reasons: new Map(), open: [] };
  });
  const running = gateways.flatMap((one) => Array.from({ length: clients }, () => client(one)));
  // Whoever waits for the end hears of a client that failed; nobody does before.
  const ended = Promise.all(running);
  ended.catch(() => undefined);
  return {
    gateways,
    tryLogin,
    async stop() {
      isStopping = true;
      await ended;
      for (const pool of pools.values()) await pool.close();
    },
  };
}
