import { expect, test } from "vitest";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { loginRollups, verificationRollups } from "#db/schema/rollups.ts";
import { incidents, probeHours, probeStandings } from "#db/schema/service-health.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { touchRound } from "#lib/incidents/touch-round.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import {
  countCost,
  countErrors,
  countSaved,
  listProbeCells,
  listProbeLatencies,
  readHealthStamp,
} from "./queries.ts";

const NOW = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 1_800_000);
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

test("probes are counted by day and hour, and the stamp changes when one finds something else", () =>
  inRolledBackTransaction(async (tx) => {
    for (const table of [probeHours, probeStandings, incidents]) await tx.delete(table);
    const found = (cause: "slow" | null) => ({ probe: "verify", cause, status: 400, latencyMs: 7 }) as const;
    await touchRound(tx, { at: minutesAgo(70), findings: [found(null)] });
    await touchRound(tx, { at: minutesAgo(69.5), findings: [found("slow")] });
    await touchRound(tx, { at: minutesAgo(1), findings: [found(null)] });
    const steps = { unit: "hour", starts: [minutesAgo(90), minutesAgo(30)], now: NOW } as const;
    const cells = await listProbeCells(tx, steps);
    expect(cells.filter(({ probe }) => probe === "verify")).toEqual([
      { probe: "verify", step: 0, asked: 2, failed: 1 },
      { probe: "verify", step: 1, asked: 1, failed: 0 },
    ]);
    const latencies = await listProbeLatencies(tx, minutesAgo(90));
    expect(latencies.filter(({ probe }) => probe === "verify")).toEqual([
      { probe: "verify", bucket: 7, count: 2 },
    ]);
    const stamp = await readHealthStamp(tx);
    await touchRound(tx, { at: minutesAgo(0.7), findings: [found(null)] });
    expect(await readHealthStamp(tx)).toBe(stamp);
    await touchRound(tx, { at: minutesAgo(0.4), findings: [found("slow")] });
    expect(await readHealthStamp(tx)).not.toBe(stamp);
  }));

test("errors are counted by reason beside all calls of logins, and what they cost by how the logins ended", () =>
  inRolledBackTransaction(async (tx) => {
    for (const table of [verifications, verificationRollups, loginOutcomes, loginRollups])
      await tx.delete(table);
    const at = minutesAgo(10);
    const logins = Array.from({ length: 4 }, () => sampleLogin(at, { personId: newId() }));
    const failed = { outcome: "api_error", reason: "api_timed_out" } as const;
    const ends = [
      { outcome: "fell_back", fallbackReason: "api_trouble" },
      { outcome: "legacy_unreported", fallbackReason: "api_trouble" },
      { outcome: "fell_back", fallbackReason: "not_matched" },
      {},
    ] as const;
    await tx.execute(
      recordStatement({
        opened: logins,
        // The second try of the last one's call was answered; of the first one's, none was.
        verifications: logins.map((login, place) =>
          sampleVerification(login, at, {
            ...(place < 2 ? failed : {}),
            ...(place % 3 === 0 ? { apiTries: 2 } : {}),
          }),
        ),
        closed: logins.map((login, place) => sampleClosing(login, at, ends[place])),
      }),
    );
    const range = { from: minutesAgo(60), to: NOW };
    expect(await countErrors(tx, range)).toEqual([
      { reason: "api_timed_out", calls: 2 },
      { reason: "none", calls: 2 },
    ]);
    expect(await countSaved(tx, range)).toBe(1);
    expect(await countCost(tx, range)).toEqual({ offered: 4, toLegacy: 2, gotIn: 1, unreported: 1 });
  }));
