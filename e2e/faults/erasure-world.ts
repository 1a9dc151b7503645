import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { enrolPerson } from "#lib/enrolments/enrol-person.ts";
import { newId } from "#lib/ids.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { startSandbox } from "#sandbox/server.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { proposeErasure } from "./propose-erasure.ts";

export const API_KEY = "0123456789abcdef0123456789abcdef";
export const LEDGER_SECRET = "12".repeat(32);
/** Longer than the latest DELETE here needs to arrive, as it is in earnest with a minute. */
export const QUIET_MS = 700;
const LATE_MS = 250;

/** What the line to the API does with one DELETE. */
export const LINE_FAULTS = [
  "none",
  "lost_before",
  "lost_after",
  "arrives_late",
  "error_before",
  "error_after",
  "unavailable",
  "garbage_after",
  "refused_key",
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

/** One DELETE that reached the API, and whether an act was written down for it when it left. */
export type SeenDelete = { customId: string; at: number; isIntended: boolean };

export type ErasureWorld = Awaited<ReturnType<typeof startErasureWorld>>;

/** A real API behind a line that fails as it is told, a real database, and people with requests in it. */
export async function startErasureWorld(nextFault: () => LineFault) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-erasure-"));
  const database = await freshDatabase(8);
  const sandbox = await startSandbox({ port: 0, apiKey: API_KEY, dataDir: join(folder, "sandbox") });
  const seen: SeenDelete[] = [];
  const line = await startLine(sandbox.url, database, seen, nextFault);
  const direct = createMultibiometrics({ url: sandbox.url, apiKey: API_KEY, qualityApiKey: API_KEY });
  const ledgerFolder = join(folder, "ledger");
  const ledger = openLedger({ folder: ledgerFolder, secret: LEDGER_SECRET });
  const face = (await sampleFace("A")).toString("base64");
  const applicationId = newId();
  return {
    database,
    lineUrl: line.url,
    ledger,
    ledgerFolder,
    seen,
    enrol: (customId: string) =>
      enrolPerson(
        {
          inDatabase: (work) => work(database.db),
          api: direct,
          policy: { version: 1, values: DEFAULT_POLICY_VALUES },
          loginKeyOf: (one) => one,
          erasureLedger: ledger,
          clock: () => new Date(),
        },
        {
          customId,
          legalBasis: "lgpd_11_i_consent",
          capture: { ok: true, capture: { face, fingers: {}, fingerNumbers: [] } },
          actor: { source: "gateway", applicationId },
        },
      ),
    isAtApi: async (customId: string) => {
      const again = await direct.enroll(customId, { face });
      if (!again.ok && again.code !== "custom_id_exists") throw new Error(again.code);
      return !again.ok;
    },
    approve: (customId: string) => approve(database, customId),
    stop: async () => {
      await Promise.all([ledger.close(), direct.close(), line.close()]);
      await sandbox.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An erasure that two people decided, due at once; both second people press the button in the same moment. */
async function approve({ db }: FreshDatabase, customId: string) {
  const { requestId, approve } = await proposeErasure(db, customId, AUDIT_KEY);
  const decisions = await Promise.all([approve("administrator"), approve("compliance_officer")]);
  return { requestId, approvals: decisions.filter(({ ok }) => ok).length };
}

/** The way to the API: sees every DELETE and does to it what it is told. */
async function startLine(
  apiUrl: string,
  database: FreshDatabase,
  seen: SeenDelete[],
  nextFault: () => LineFault,
) {
  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const fault = nextFault();
    const forward = async () => {
      const customId = String(JSON.parse(body.toString()).Person.CustomID);
      const [written] = await database.db.execute<{ intended: boolean }>(sql`
        select exists (select 1 from request_attempts a
          join data_requests r on r.id = a.request_id
          join audit_entries e on e.entity_id = r.id::text and e.action = 'request.attempt' and e.details->>'attemptId' = a.id::text
          where r.custom_id = ${customId} and a.kind in ('delete', 'probe')) as intended`);
      if (fault === "arrives_late") await delay(LATE_MS);
      seen.push({ customId, at: Date.now(), isIntended: written?.intended === true });
      const headers = {
        "content-type": "application/json",
        "ocp-apim-subscription-key": String(request.headers["ocp-apim-subscription-key"]),
      };
      return fetch(`${apiUrl}${request.url}`, { method: "DELETE", headers, body });
    };
    const say = (status: number, text: string) => response.writeHead(status).end(text);
    switch (fault) {
      case "lost_before":
        return request.socket.destroy();
      case "lost_after":
        await forward();
        return request.socket.destroy();
      case "arrives_late":
        request.socket.destroy();
        return void (await forward());
      case "error_before":
        return say(500, "trouble");
      case "error_after":
        await forward();
        return say(500, "trouble");
      case "unavailable":
        return say(503, "away");
      case "garbage_after":
        await forward();
        return say(200, '{"Person": <<');
      case "refused_key":
        return say(401, "Access denied due to invalid subscription key.");
      default: {
        const answer = await forward();
        response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
        return response.end(await answer.text());
      }
    }
  };
  const server = createServer((request, response) => {
    onRequest(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
