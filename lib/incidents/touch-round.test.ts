import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways } from "#db/schema/control.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { incidents, probeHours, probeStandings } from "#db/schema/service-health.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import type { Probe, TroubleCause } from "./schema.ts";
import { touchRound } from "./touch-round.ts";
import type { Finding } from "./types.ts";

const NOW = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 - 3_000_000);
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const found = (probe: Probe, cause: TroubleCause | null = null, latencyMs = 5): Finding => ({
  probe,
  cause,
  status: null,
  latencyMs: cause === null ? latencyMs : null,
});

/** Nothing watched yet, no other history, and one target that wants to know. */
const watched = (run: (tx: DatabaseOrTransaction, told: () => Promise<unknown[]>) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    for (const table of [gateways, probeStandings, probeHours, incidents, loginOutcomes, verifications]) {
      await tx.delete(table);
    }
    await tx.insert(notificationTargets).values({
      id: newId(),
      kind: "webhook",
      name: "operations",
      address: "http://127.0.0.1:1/",
      events: ["incident.opened", "incident.closed"],
      locale: "en",
      secretSealed: "sample",
      createdAt: NOW,
    });
    const { type, data } = notificationEvents;
    await run(tx, () => tx.select({ type, data }).from(notificationEvents).orderBy(notificationEvents.at));
  });

const round = (tx: DatabaseOrTransaction, seconds: number, ...findings: Finding[]) =>
  touchRound(tx, { at: after(seconds), findings });

const API_TROUBLE = { outcome: "fell_back", fallbackReason: "api_trouble" } as const;

/** Logins of as many people that were sent to their password because the API did not answer. */
async function failedLogins(tx: DatabaseOrTransaction, at: Date, count: number) {
  for (let i = 0; i < count; i += 1) {
    const login = sampleLogin(at, { personId: newId() });
    await tx.execute(
      recordStatement({
        opened: [login],
        verifications: [sampleVerification(login, at, { outcome: "api_error", reason: "api_timed_out" })],
        closed: [sampleClosing(login, at, API_TROUBLE)],
      }),
    );
  }
}

test("an incident is told when it opens and when it ends, with what it cost", () =>
  watched(async (tx, told) => {
    await round(tx, 0, found("verify"), found("unleash"));
    await round(tx, 15, found("verify", "timed_out"), found("unleash"));
    await failedLogins(tx, after(20), 3);
    await round(tx, 30, found("verify", "server_error"), found("enroll", "server_error"));
    for (const seconds of [45, 60, 75]) await round(tx, seconds, found("verify"), found("enroll"));
    const [incident, ...others] = await tx.select().from(incidents);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      part: "api",
      openedAt: after(15),
      seenAt: after(30),
      closedAt: after(45),
      causes: ["timed_out", "server_error"],
      evidence: ["probes"],
      operations: ["verify", "enroll"],
      loginsFellBack: 3,
      people: 3,
    });
    const about = { incidentId: incident?.id, part: "api", since: after(15).toISOString() };
    expect(await told()).toEqual([
      { type: "incident.opened", data: { ...about, causes: ["timed_out"], operations: ["verify"] } },
      {
        type: "incident.closed",
        data: {
          ...about,
          causes: ["timed_out", "server_error"],
          operations: ["verify", "enroll"],
          until: after(45).toISOString(),
          logins: 3,
          people: 3,
        },
      },
    ]);
  }));

test("calls of logins that fail open an incident although the probes are well", () =>
  watched(async (tx) => {
    await failedLogins(tx, after(1), 5);
    await round(tx, 15, found("verify"));
    expect(await tx.select().from(incidents)).toMatchObject([
      { part: "api", causes: ["timed_out"], evidence: ["calls"], closedAt: null, loginsFellBack: 5 },
    ]);
  }));

test("a login that ends after the incident is still counted to it", () =>
  watched(async (tx) => {
    await round(tx, 0, found("verify", "unreachable"));
    for (const seconds of [15, 30, 45]) await round(tx, seconds, found("verify"));
    const login = sampleLogin(after(5), { personId: newId() });
    const closed = [sampleClosing(login, after(90), API_TROUBLE)];
    await tx.execute(recordStatement({ opened: [login], verifications: [], closed }));
    await round(tx, 100, found("verify"));
    expect(await tx.select().from(incidents)).toMatchObject([{ closedAt: after(15), loginsFellBack: 1 }]);
  }));

test("a round that two workers saw is counted once, and each probe by the hour and how long it took", () =>
  watched(async (tx) => {
    await round(tx, 0, found("verify", null, 3), found("unleash", "unreachable"));
    await round(tx, 2, found("verify", null, 3), found("unleash", "unreachable"));
    await round(tx, 15, found("verify", null, 3), found("unleash"));
    const { probe, bucket, count } = probeHours;
    expect(await tx.select({ probe, bucket, count }).from(probeHours).orderBy(probe, bucket)).toEqual([
      { probe: "unleash", bucket: -1, count: 1 },
      { probe: "unleash", bucket: 5, count: 1 },
      { probe: "verify", bucket: 3, count: 2 },
      { probe: "worker", bucket: 0, count: 2 },
    ]);
    const standing = await tx.select().from(probeStandings).orderBy(probeStandings.probe);
    expect(standing).toMatchObject([
      { probe: "unleash", cause: null, at: after(15), since: after(15) },
      { probe: "verify", cause: null, at: after(15), since: after(0) },
      { probe: "worker" },
    ]);
  }));

test("a time without any worker is an incident of its own, from the last round to the next", () =>
  watched(async (tx) => {
    await round(tx, 0, found("verify"));
    await round(tx, 600, found("verify"));
    expect(await tx.select().from(incidents)).toMatchObject([
      { part: "worker", causes: ["silent"], openedAt: after(0), closedAt: after(600) },
    ]);
  }));

test("gateways that all stopped reporting are in trouble, and one of two is not", () =>
  watched(async (tx) => {
    const gateway = { startedAt: NOW, flagState: "connected", peopleCircuit: "closed", journalLines: 0 };
    await tx.insert(gateways).values([
      { ...gateway, name: "gateway-1", seenAt: after(-600) },
      { ...gateway, name: "gateway-2", seenAt: after(0) },
    ]);
    await round(tx, 15, found("verify"));
    expect(await tx.select().from(incidents)).toEqual([]);
    await tx.update(gateways).set({ seenAt: after(-600) });
    await round(tx, 30, found("verify"));
    expect(await tx.select().from(incidents)).toMatchObject([{ part: "gateways", causes: ["silent"] }]);
  }));

test("gateways that could not report themselves while the database was away are not in trouble", () =>
  watched(async (tx) => {
    const gateway = { startedAt: NOW, flagState: "connected", peopleCircuit: "closed", journalLines: 0 };
    await tx.insert(gateways).values([{ ...gateway, name: "gateway-1", seenAt: after(-5) }]);
    await round(tx, 0, found("database"));
    for (const seconds of [15, 30, 45, 60, 75, 90])
      await round(tx, seconds, found("database", "unreachable"));
    await round(tx, 105, found("database"));
    const ofGateways = eq(incidents.part, "gateways");
    expect(await tx.select().from(incidents).where(ofGateways)).toEqual([]);
    // Who says nothing for as long once it is back is silent for another reason.
    for (const seconds of [120, 135, 150, 166]) await round(tx, seconds, found("database"));
    expect(await tx.select().from(incidents).where(ofGateways)).toMatchObject([
      { openedAt: after(166), causes: ["silent"] },
    ]);
  }));
