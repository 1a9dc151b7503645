import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { probeHours, probeStandings } from "#db/schema/service-health.ts";
import { bucketOf } from "#lib/recording/rules.ts";
import { areGatewaysSilent, countMinuteOfCalls, findLastRoundAt, listOpenIncidents } from "./queries.ts";
import { placeOf, stepOf, troubleIn, troubleOfCalls } from "./rules.ts";
import { FAILED_BUCKET, PARTS } from "./schema.ts";
import { touchImpacts, touchIncident, touchSilence } from "./touch-incident.ts";
import type { Finding, Round, Trouble } from "./types.ts";

const HOUR_MS = 3_600_000;

/**
 * Keeps a round of probes: what each found, how often it was asked in this hour, and what becomes of incidents, with
 * their events, in one transaction. Rounds come in order; one that another worker has just kept is not counted again.
 */
export function touchRound(db: DatabaseOrTransaction, { at, findings }: Round): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-health'))`);
    const last = await findLastRoundAt(tx);
    const place = placeOf(at, last);
    if (place === "same") return;
    if (place === "after_silence" && last !== null) await touchSilence(tx, last, at);
    const all = [...findings, { probe: "worker", cause: null, status: null, latencyMs: 0 } as const];
    await touchStandings(tx, at, all);
    await touchHours(tx, at, all);
    const troubles = await troublesNow(tx, at, all);
    const open = new Map((await listOpenIncidents(tx)).map((incident) => [incident.part, incident]));
    for (const part of PARTS) {
      const own = troubles.filter((trouble) => trouble.part === part);
      const incident = open.get(part) ?? null;
      await touchIncident(tx, incident, stepOf(incident, own, at), at);
    }
    await touchImpacts(tx, at, last);
  });
}

async function troublesNow(
  tx: DatabaseOrTransaction,
  at: Date,
  findings: readonly Finding[],
): Promise<Trouble[]> {
  const silent: Trouble = { part: "gateways", cause: "silent", evidence: "probes", operations: [] };
  const troubles = [
    ...PARTS.map((part) => troubleIn(part, findings)),
    troubleOfCalls(await countMinuteOfCalls(tx, at)),
    (await areGatewaysSilent(tx, at)) ? silent : null,
  ];
  return troubles.filter((trouble) => trouble !== null);
}

/** A probe that goes on finding the same keeps the time since when it does. */
async function touchStandings(
  tx: DatabaseOrTransaction,
  at: Date,
  findings: readonly Finding[],
): Promise<void> {
  await tx
    .insert(probeStandings)
    .values(findings.map((finding) => ({ ...finding, at, since: at })))
    .onConflictDoUpdate({
      target: probeStandings.probe,
      set: {
        at: sql`excluded.at`,
        cause: sql`excluded.cause`,
        status: sql`excluded.status`,
        latencyMs: sql`excluded.latency_ms`,
        since: sql`case when ${probeStandings.cause} is distinct from excluded.cause then excluded.at
          else ${probeStandings.since} end`,
      },
    });
}

async function touchHours(tx: DatabaseOrTransaction, at: Date, findings: readonly Finding[]): Promise<void> {
  const hour = new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
  const bucketFor = ({ cause, latencyMs }: Finding) =>
    cause === null && latencyMs !== null ? bucketOf(latencyMs) : FAILED_BUCKET;
  await tx
    .insert(probeHours)
    .values(findings.map((finding) => ({ probe: finding.probe, hour, bucket: bucketFor(finding), count: 1 })))
    .onConflictDoUpdate({
      target: [probeHours.hour, probeHours.probe, probeHours.bucket],
      set: { count: sql`${probeHours.count} + 1` },
    });
}
