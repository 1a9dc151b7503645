import { Temporal } from "temporal-polyfill";
import type { Right } from "#lib/requests/types.ts";
import type { Clock, Deadline, DeadlineRule, Due, DueState, Regime, RuleTable, Term } from "./types.ts";

const internal = { unit: "working_days", count: 5 } as const;
const lgpd = { regime: "lgpd", extensionMonths: 0, pausesForIdentity: false } as const;
/** Art. 12(3): one month, to be extended by two further months; art. 12(6): identity may be asked for first. */
const gdpr = {
  regime: "gdpr",
  numberFrom: "art. 12(3)",
  source: "statute",
  term: { unit: "calendar_months", count: 1 },
  extensionMonths: 2,
  pausesForIdentity: true,
} as const;

/**
 * Lei 13.709/2018 (LGPD) and Regulation (EU) 2016/679 (GDPR). Of the LGPD only art. 19 II holds a number; art. 18 §4
 * asks for an answer "at once, or a reasoned reply", and its §5 has no regulation in force: those are targets of our own.
 */
export const RULE_TABLE: RuleTable = {
  version: "2026-02",
  rules: [
    {
      ...lgpd,
      right: "access",
      article: "art. 19 II",
      source: "statute",
      term: { unit: "calendar_days", count: 15 },
    },
    { ...lgpd, right: "erasure", article: "art. 18 §4", source: "internal_target", term: internal },
    {
      ...lgpd,
      right: "rectification",
      article: "art. 18 III, §4",
      source: "internal_target",
      term: internal,
    },
    { ...lgpd, right: "consent_withdrawal", article: "art. 8 §5", source: "internal_target", term: internal },
    { ...lgpd, right: "block", article: "art. 18 IV, §4", source: "internal_target", term: internal },
    { ...lgpd, right: "deletion", article: "art. 15, 16", source: "internal_target", term: internal },
    { ...gdpr, right: "access", article: "art. 12(3), 15" },
    { ...gdpr, right: "erasure", article: "art. 12(3), 17" },
    { ...gdpr, right: "rectification", article: "art. 12(3), 16" },
    { ...gdpr, right: "consent_withdrawal", article: "art. 7(3), 12(3)" },
    { ...gdpr, right: "block", article: "art. 12(3), 18" },
    {
      right: "deletion",
      regime: "gdpr",
      article: "art. 5(1)(d), (e)",
      source: "internal_target",
      term: internal,
      extensionMonths: 0,
      pausesForIdentity: false,
    },
  ],
};

const dayOf = (at: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

const startOf = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds);

/**
 * The last day of a term that began on a day which itself does not count. A month ends on the day of the same number,
 * or on the month's last where it has none (Regulation 1182/71, art. 3). What that law adds where it falls on a weekend
 * or a holiday is not taken: a day shown here is never later than the law's. Working days are Monday to Friday.
 */
function lastDayOf(received: Temporal.PlainDate, { unit, count }: Term): Temporal.PlainDate {
  if (unit === "calendar_days") return received.add({ days: count });
  if (unit === "calendar_months") return received.add({ months: count }, { overflow: "constrain" });
  let day = received;
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left--;
  }
  return day;
}

/** Whole days on which the clock stood still: from the day a question was asked to the day it was answered, each once. */
function pausedDays({ identityQuestions }: Clock, now: Date, timeZone: string): number {
  return identityQuestions.reduce((days, { askedAt, answeredAt }) => {
    const until = dayOf(answeredAt ?? now, timeZone);
    return days + Math.max(0, dayOf(askedAt, timeZone).until(until, { largestUnit: "days" }).days);
  }, 0);
}

function deadlineUnder(
  rule: DeadlineRule,
  version: string,
  clock: Clock,
  now: Date,
  timeZone: string,
): Deadline {
  const received = dayOf(clock.receivedAt, timeZone);
  const paused = rule.pausesForIdentity ? pausedDays(clock, now, timeZone) : 0;
  const first = lastDayOf(received, rule.term).add({ days: paused });
  const isExtended =
    rule.extensionMonths > 0 &&
    clock.extendedAt !== null &&
    Temporal.PlainDate.compare(dayOf(clock.extendedAt, timeZone), first) <= 0;
  // The extension is counted from the receipt as one term: 31 January and three months is 30 April, not 28 February and two.
  const whole = isExtended ? extended(rule, received).add({ days: paused }) : first;
  return {
    regime: rule.regime,
    article: rule.article,
    numberFrom: rule.numberFrom ?? rule.article,
    source: rule.source,
    term: isExtended ? extendedTerm(rule) : rule.term,
    ruleVersion: version,
    lastDay: whole.toString(),
    overdueFrom: startOf(whole.add({ days: 1 }), timeZone),
    isExtended,
  };
}

function extended({ term, extensionMonths }: DeadlineRule, received: Temporal.PlainDate): Temporal.PlainDate {
  return term.unit === "calendar_months"
    ? received.add({ months: term.count + extensionMonths }, { overflow: "constrain" })
    : lastDayOf(received, term).add({ months: extensionMonths }, { overflow: "constrain" });
}

const extendedTerm = ({ term, extensionMonths }: DeadlineRule): Term =>
  term.unit === "calendar_months" ? { ...term, count: term.count + extensionMonths } : term;

/**
 * Until when a request has to be answered under each of the laws that apply, the earliest first. Days are days of the
 * installation's zone. While a question of identity is open, a clock that pauses for it moves on with `now`.
 * Throws a RangeError where the table has no rule for one of the laws.
 */
export function deadlinesOf(
  right: Right,
  regimes: readonly Regime[],
  clock: Clock,
  { now, timeZone, table = RULE_TABLE }: { now: Date; timeZone: string; table?: RuleTable },
): Deadline[] {
  return regimes
    .map((regime) => {
      const rule = table.rules.find((one) => one.regime === regime && one.right === right);
      if (!rule) throw new RangeError(`No deadline rule for ${right} under ${regime} in ${table.version}.`);
      return deadlineUnder(rule, table.version, clock, now, timeZone);
    })
    .sort((a, b) => a.overdueFrom.getTime() - b.overdueFrom.getTime());
}

/** The deadline that counts: the earliest of those under the laws that apply. Throws a RangeError where none applies. */
export function earliestDeadline(...asked: Parameters<typeof deadlinesOf>): Deadline {
  const [earliest] = deadlinesOf(...asked);
  if (!earliest) throw new RangeError("A request is under at least one law.");
  return earliest;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 3;
const SOON_SHARE = 0.25;

/** How a request stands: due soon with three days or a quarter of its time left, whichever comes first. */
export function dueStateOf(
  { overdueFrom }: Pick<Deadline, "overdueFrom">,
  receivedAt: Date,
  closedAt: Date | null,
  now: Date,
): DueState {
  if (closedAt !== null) return "closed";
  const leftMs = overdueFrom.getTime() - now.getTime();
  if (leftMs <= 0) return "overdue";
  const wholeMs = overdueFrom.getTime() - receivedAt.getTime();
  return leftMs <= Math.max(SOON_DAYS * DAY_MS, SOON_SHARE * wholeMs) ? "due_soon" : "on_track";
}

/** How a request stands against the deadline that was kept with it, in whole days of the installation's zone. */
export function standingOfDue(
  { receivedAt, dueAt, closedAt }: { receivedAt: Date; dueAt: Date; closedAt: Date | null },
  { now, timeZone }: { now: Date; timeZone: string },
): Pick<Due, "state" | "daysLeft"> {
  const lastDay = dayOf(new Date(dueAt.getTime() - 1), timeZone);
  return {
    state: dueStateOf({ overdueFrom: dueAt }, receivedAt, closedAt, now),
    daysLeft: dayOf(now, timeZone).until(lastDay, { largestUnit: "days" }).days,
  };
}

/** The deadline that counts for a request, and how it stands against it at `now`. Throws as `earliestDeadline` does. */
export function dueOf(
  right: Right,
  regimes: readonly Regime[],
  clock: Clock,
  { closedAt, now, timeZone }: { closedAt: Date | null; now: Date; timeZone: string },
): Due {
  const deadline = earliestDeadline(right, regimes, clock, { now, timeZone });
  const left = dayOf(now, timeZone).until(deadline.lastDay, { largestUnit: "days" });
  return {
    ...deadline,
    state: dueStateOf(deadline, clock.receivedAt, closedAt, now),
    daysLeft: left.days,
  };
}

/**
 * The moment that stands for a day of receipt: now where it is today, noon of an earlier day in the installation's zone,
 * null for a day to come. Throws a RangeError for what is no day.
 */
export function receiptOn(day: string, now: Date, timeZone: string): Date | null {
  const asked = Temporal.PlainDate.from(day);
  const order = Temporal.PlainDate.compare(asked, dayOf(now, timeZone));
  if (order > 0) return null;
  if (order === 0) return now;
  return new Date(asked.toZonedDateTime({ timeZone, plainTime: "12:00" }).epochMilliseconds);
}
