import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { closeOpenLogins, endOfOpenLogin } from "./close-open-logins.ts";
import { findRollupDifferences } from "./queries.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "./testing/sample-events.ts";
import type { LoginOpened, VerificationMade } from "./types.ts";
import { writeEvents } from "./write-events.ts";

describe("the end of a login nobody finished", () => {
  const biometric = { path: "biometric", attemptsUsed: 1, attemptsAllowed: 3 } as const;
  it.each([
    ["a legacy login", { ...biometric, path: "legacy", lastTry: null }, "legacy_unreported", "none"],
    ["no try at all", { ...biometric, lastTry: null }, "abandoned", "not_finished"],
    [
      "a try that could be repeated",
      { ...biometric, lastTry: { outcome: "not_matched", decision: "retry_capture" } },
      "abandoned",
      "not_finished",
    ],
    [
      "trouble at the API",
      { ...biometric, lastTry: { outcome: "api_error", decision: "use_legacy" } },
      "legacy_unreported",
      "api_trouble",
    ],
    [
      "the last try used up",
      { ...biometric, attemptsUsed: 3, lastTry: { outcome: "not_matched", decision: "use_legacy" } },
      "legacy_unreported",
      "attempts_used_up",
    ],
    [
      "a suspected spoof",
      { ...biometric, attemptsUsed: 3, lastTry: { outcome: "spoof_suspected", decision: "use_legacy" } },
      "legacy_unreported",
      "spoof_suspected",
    ],
  ] as const)("after %s tells the two arms apart", (_, facts, outcome, fallbackReason) => {
    expect(endOfOpenLogin(facts)).toEqual({ outcome, fallbackReason });
  });
});

describe("closing open logins", () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.sql`truncate logins, verifications, login_outcomes, login_states, verification_rollups,
      login_rollups, latency_rollups`;
  });

  const now = new Date();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const openLoginMinutes = 10;

  /** As if recorded when it was opened. */
  async function open(login: LoginOpened, verifications: VerificationMade[] = []): Promise<void> {
    await writeEvents(database.sql, { opened: [login], verifications });
    await database.sql`update login_states set recorded_at = opened_at where id = ${login.id}`;
  }
  const outcomes = () =>
    database.sql`select login_id as id, outcome, attempts from login_outcomes order by opened_at`;

  it("gives each its outcome once, counts it, and leaves younger and finished ones alone", async () => {
    const legacy = sampleLogin(ago(30), { path: "legacy", reason: "not_exposed" });
    const quiet = sampleLogin(ago(20));
    const troubled = sampleLogin(ago(15));
    const finished = sampleLogin(ago(14));
    const young = sampleLogin(ago(9));
    await open(legacy);
    await open(quiet);
    await open(troubled, [
      sampleVerification(troubled, ago(14), { outcome: "api_error", decision: "use_legacy" }),
    ]);
    await open(finished);
    await writeEvents(database.sql, { closed: [sampleClosing(finished, ago(13))] });
    await open(young);
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(3);
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(0);
    expect(await outcomes()).toEqual([
      { id: legacy.id, outcome: "legacy_unreported", attempts: 0 },
      { id: quiet.id, outcome: "abandoned", attempts: 0 },
      { id: troubled.id, outcome: "legacy_unreported", attempts: 1 },
      { id: finished.id, outcome: "completed_biometric", attempts: 1 },
    ]);
    expect(await findRollupDifferences(database.sql)).toEqual([]);
    const stillOpen = await database.sql`select id from login_states where closed_at is null`;
    expect(stillOpen).toEqual([{ id: young.id }]);
  });

  it("waits for the outcome of a login that has only just come back from a journal", async () => {
    const login = sampleLogin(ago(60));
    await writeEvents(database.sql, { opened: [login] });
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(0);
    await writeEvents(database.sql, { closed: [sampleClosing(login, ago(59))] });
    expect(await outcomes()).toMatchObject([{ outcome: "completed_biometric" }]);
  });

  it.each([
    ["says that its journal holds lines", 5, 1, 5, 0],
    ["is heard again only now, after all were silent", 120, 0, 1, 0],
  ])("waits while a gateway %s", async (_, silentSeconds, lines, heardAgoSeconds, linesThen) => {
    const seen = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
    await database.sql`insert into gateways (name, started_at, seen_at, flag_state, people_circuit, journal_lines)
      values ('gw', now(), ${seen(silentSeconds)}::text::timestamptz, 'connected', 'closed', ${lines})`;
    onTestFinished(async () => void (await database.sql`truncate gateways`));
    const acknowledged = sampleLogin(ago(20));
    const quiet = sampleLogin(ago(15));
    await open(acknowledged);
    await open(quiet);
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(0);
    await writeEvents(database.sql, { closed: [sampleClosing(acknowledged, ago(19))] });
    await database.sql`update gateways
      set seen_at = ${seen(heardAgoSeconds)}::text::timestamptz, journal_lines = ${linesThen}`;
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(1);
    expect(await outcomes()).toMatchObject([{ outcome: "completed_biometric" }, { outcome: "abandoned" }]);
  });

  it("closes more logins than one step takes", async () => {
    const logins = Array.from({ length: 1100 }, () => sampleLogin(ago(20)));
    await writeEvents(database.sql, { opened: logins });
    await database.sql`update login_states set recorded_at = opened_at`;
    expect(await closeOpenLogins(database.sql, { now, openLoginMinutes })).toBe(1100);
  });
});
