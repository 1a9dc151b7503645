import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { verifications } from "#db/schema/logins.ts";
import { verificationRollups } from "#db/schema/rollups.ts";
import { incidents } from "#db/schema/service-health.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import { newId } from "#lib/ids.ts";
import type { Part } from "#lib/incidents/schema.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { exportReport } from "./export-report.ts";
import { findIncident, listOverlapping } from "./queries.ts";

const SYSTEM = { id: null, role: "system" } as const;
const NOW = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 1_800_000);
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const api = { origin: "https://api.example/multibiometrics", keyEnds: ["4f2a"] };
const words = { report: MESSAGES.en.incident.report, causeOf: () => "Fails" };

async function open(tx: DatabaseOrTransaction, part: Part, from: number): Promise<string> {
  const id = newId();
  await tx.insert(incidents).values({
    ...{ id, part, openedAt: minutesAgo(from), seenAt: minutesAgo(from - 1), closedAt: minutesAgo(from - 2) },
    ...{ causes: ["server_error"], evidence: ["probes"], operations: part === "api" ? ["verify"] : [] },
  });
  return id;
}
const clean = async (tx: DatabaseOrTransaction) => {
  for (const table of [incidents, verifications, verificationRollups]) await tx.delete(table);
};

test("the report names each failed call of its time and nothing of a person, and its digest is in the audit log", () =>
  inRolledBackTransaction(async (tx) => {
    await clean(tx);
    const incidentId = await open(tx, "api", 10);
    const failed = { outcome: "api_error", reason: "api_server_error", apiStatus: 503, apiTries: 2 } as const;
    const made = [
      { at: minutesAgo(9), ...failed },
      { at: minutesAgo(9), outcome: "api_error", reason: "api_circuit_open", apiTries: 0 } as const,
      { at: minutesAgo(8.5) },
      { at: minutesAgo(30), ...failed },
    ].map(({ at, ...facts }) => {
      const login = sampleLogin(at, { personId: newId() });
      return { login, verification: sampleVerification(login, at, facts) };
    });
    await tx.execute(
      recordStatement({
        opened: made.map(({ login }) => login),
        verifications: made.map(({ verification }) => verification),
      }),
    );
    const report = await exportReport(tx, { incidentId, api }, words, SYSTEM, NOW);
    const text = report?.text ?? "";
    expect(text).toContain("https://api.example/multibiometrics");
    expect(text).toMatch(/Keys end in +\.\.\.4f2a\n/);
    expect(text).toMatch(/Calls by logins +3\nof them failed +2\n/);
    const calls = text.split("\n").filter((line) => /^\d{4}-.*(api_|matched)/.test(line));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatch(new RegExp(`^${minutesAgo(9).toISOString()} +\\S+ +503 +api_server_error +2 +`));
    for (const { login, verification } of made)
      for (const id of [login.id, login.personId, verification.id, login.applicationId])
        expect(text).not.toContain(id ?? "none");
    const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, incidentId));
    expect(entry).toMatchObject({
      action: "incident.download",
      details: { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) },
    });
  }));

test("there is no report of a part of our own, nor of an incident that never was", () =>
  inRolledBackTransaction(async (tx) => {
    await clean(tx);
    for (const incidentId of [await open(tx, "database", 10), newId()])
      expect(await exportReport(tx, { incidentId, api }, words, SYSTEM, NOW)).toBeNull();
  }));

test("what else was in trouble at the time is found, and nothing before or after it", () =>
  inRolledBackTransaction(async (tx) => {
    await clean(tx);
    const id = await open(tx, "api", 10);
    const other = await open(tx, "unleash", 9);
    await open(tx, "database", 40);
    await open(tx, "gateways", 5);
    const range = { from: minutesAgo(10), to: minutesAgo(8) };
    expect((await listOverlapping(tx, id, range)).map((one) => one.id)).toEqual([other]);
    expect(await findIncident(tx, id)).toMatchObject({ part: "api", causes: ["server_error"] });
  }));
