import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { tierTable } from "#lib/recording/tiers.ts";
import {
  estimateRows,
  findCurrentRetention,
  findIdlePeople,
  findObeyedRetention,
  findOldestTime,
  listHistoryMonths,
  listRetentionChanges,
} from "./queries.ts";
import { cutoffOf, roundEstimate } from "./rules.ts";
import type { Holding, IdlePeople } from "./types.ts";

const ROLLUPS = ["verification_rollups", "login_rollups", "latency_rollups"].flatMap((rollup) =>
  (["minute", "hour", "day"] as const).map((tier) => tierTable(rollup, tier)),
);
const OTHERS = ["enrolments", "member_sessions", "sign_in_failures", "audit_entries", "people"] as const;

/** How long each kind of data is kept, what it holds today, and what changed before. */
export async function loadRetention() {
  const viewer = await requireViewer("retention.read");
  const db = consoleDatabase();
  const now = new Date();
  const { timeZone } = consoleSettings();
  const [retention, obeyed, changes, months, rows, firstLogin, firstCount, firstEvent, firstEntry, idle] =
    await Promise.all([
      findCurrentRetention(db),
      findObeyedRetention(db, now),
      listRetentionChanges(db),
      listHistoryMonths(db),
      estimateRows(db, [...ROLLUPS, ...OTHERS, "notification_events"]),
      findOldestTime(db, "logins"),
      findOldestTime(db, "login_rollups"),
      findOldestTime(db, "notification_events"),
      findOldestTime(db, "audit_entries"),
      findIdlePeople(db, { now, timeZone }),
    ]);
  const held = (tables: readonly string[]) => sumOf(tables.map((table) => rows.get(table) ?? null));
  return {
    role: viewer.role,
    mayChange: grantOf(viewer.role, "retention.change") !== null,
    now,
    retention,
    obeyed,
    changes,
    months,
    idle,
    holdings: {
      historyDays: { oldestAt: firstLogin, rows: sumOf(months.map((month) => month.rows)) },
      rollupDays: { oldestAt: firstCount, rows: held(ROLLUPS) },
      deliveryDays: { oldestAt: firstEvent, rows: held(["notification_events"]) },
      inactivePersonDays: heldPeople(idle, now),
    } satisfies Record<string, Holding>,
    others: {
      enrolments: held(["enrolments"]),
      sessions: held(["member_sessions"]),
      failures: held(["sign_in_failures"]),
      people: held(["people"]),
      audit: held(["audit_entries"]),
    },
    auditSince: firstEntry,
  };
}

export type RetentionData = Awaited<ReturnType<typeof loadRetention>>;

/** What is known of several estimates together; null where nothing is. */
function sumOf(estimates: readonly (number | null)[]): number | null {
  const known = estimates.filter((rows) => rows !== null);
  return known.length === 0 ? null : roundEstimate(known.reduce((sum, rows) => sum + rows, 0));
}

/** The people a time could reach, and since when the longest inactive of them has been so. */
function heldPeople({ days, isEstimate }: IdlePeople, now: Date): Holding {
  const [longest] = days;
  if (longest === undefined) return { oldestAt: null, rows: null };
  const people = days.reduce((sum, day) => sum + day.people, 0);
  return {
    oldestAt: cutoffOf(longest.idleDays, now),
    rows: isEstimate ? roundEstimate(people) : people,
  };
}
