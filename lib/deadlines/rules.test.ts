import { expect, test } from "vitest";
import { RIGHTS } from "#lib/requests/types.ts";
import { deadlinesOf, dueOf, dueStateOf, RULE_TABLE, standingOfDue } from "./rules.ts";
import { type Clock, REGIMES } from "./types.ts";

const ZONES = ["America/Sao_Paulo", "Europe/Lisbon", "Asia/Kathmandu", "Pacific/Kiritimati"] as const;
type Zone = (typeof ZONES)[number];
const DAY_MS = 86_400_000;
const clock = (receivedAt: Date, more: Partial<Clock> = {}): Clock => ({
  receivedAt,
  extendedAt: null,
  identityQuestions: [],
  ...more,
});
const noon = (day: string) => new Date(`${day}T15:00:00Z`);
const under = (
  right: (typeof RIGHTS)[number],
  regime: (typeof REGIMES)[number],
  given: Clock,
  zone: Zone = ZONES[0],
) => {
  const [deadline] = deadlinesOf(right, [regime], given, { now: given.receivedAt, timeZone: zone });
  if (!deadline) throw new Error("no deadline");
  return deadline;
};

/** The same counts by another way: digits of dates and a table of month lengths, no calendar library. */
function recount(day: string, term: (typeof RULE_TABLE)["rules"][number]["term"], months = 0): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (term.unit === "calendar_months") {
    const at = year * 12 + (month - 1) + term.count + months;
    const [y, m] = [Math.floor(at / 12), (at % 12) + 1];
    const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
    const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0;
    return [y, String(m).padStart(2, "0"), String(Math.min(date, length)).padStart(2, "0")].join("-");
  }
  let at = Date.UTC(year, month - 1, date);
  for (let left = term.count; left > 0; ) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (term.unit === "calendar_days" || (weekday !== 0 && weekday !== 6)) left--;
  }
  return new Date(at).toISOString().slice(0, 10);
}

const formats = new Map(ZONES.map((timeZone) => [timeZone, new Intl.DateTimeFormat("sv-SE", { timeZone })]));
const dayIn = (at: Date, zone: Zone) => formats.get(zone)?.format(at) ?? "";

test("every day of eight years, at odd hours and in four zones, has the last day an independent recount gives", () => {
  let compared = 0;
  for (let place = 0; place < 2922; place++) {
    // A different hour and minute each day, so that zones disagree about which day it was.
    const receivedAt = new Date(Date.UTC(2024, 0, 1) + place * DAY_MS + ((place * 7919) % 1440) * 60_000);
    const zone = ZONES[place % ZONES.length] ?? ZONES[0];
    for (const rule of RULE_TABLE.rules.filter((_, index) => index % 5 === place % 5)) {
      const { lastDay, overdueFrom, article } = under(rule.right, rule.regime, clock(receivedAt), zone);
      expect([lastDay, article], `${rule.regime} ${rule.right} ${receivedAt.toISOString()} ${zone}`).toEqual([
        recount(dayIn(receivedAt, zone), rule.term),
        rule.article,
      ]);
      expect(dayIn(new Date(overdueFrom.getTime() - 1), zone)).toBe(lastDay);
      expect(dayIn(overdueFrom, zone)).not.toBe(lastDay);
      compared++;
    }
  }
  process.stdout.write(`${compared} deadlines on 2,922 days of receipt, each as recounted\n`);
});

test.each([
  ["2026-01-31", "2026-02-28"],
  ["2028-01-31", "2028-02-29"],
  ["2028-02-29", "2028-03-29"],
  ["2026-12-31", "2027-01-31"],
  ["2026-03-02", "2026-04-02"],
  ["2026-08-31", "2026-09-30"],
])("a month from %s under the GDPR ends on %s", (received, lastDay) => {
  expect(under("erasure", "gdpr", clock(noon(received)))).toMatchObject({ lastDay, source: "statute" });
});

test("the LGPD's one number is fifteen days for access; everywhere else the number is called our own target", () => {
  expect(under("access", "lgpd", clock(noon("2026-03-09")))).toMatchObject({
    lastDay: "2026-03-24",
    article: "art. 19 II",
    source: "statute",
  });
  const statutory = RULE_TABLE.rules.filter(
    ({ regime, source }) => regime === "lgpd" && source === "statute",
  );
  expect(statutory.map(({ right }) => right)).toEqual(["access"]);
  expect(under("erasure", "lgpd", clock(noon("2026-03-06")))).toMatchObject({
    lastDay: "2026-03-13",
    source: "internal_target",
  });
});

test("every right has a rule under every law", () => {
  for (const regime of REGIMES) {
    for (const right of RIGHTS) expect(under(right, regime, clock(noon("2026-03-02")))).toBeTruthy();
  }
});

test("late at night the day of receipt is the day of the zone", () => {
  const at = new Date("2026-03-03T01:30:00Z");
  expect(under("erasure", "gdpr", clock(at), "America/Sao_Paulo").lastDay).toBe("2026-04-02");
  expect(under("erasure", "gdpr", clock(at), "Europe/Lisbon").lastDay).toBe("2026-04-03");
});

test("an extension counts only when told within the first month, and then three months from the receipt", () => {
  const received = noon("2026-01-31");
  const told = (day: string) => under("access", "gdpr", clock(received, { extendedAt: noon(day) }));
  expect(told("2026-02-28")).toMatchObject({ lastDay: "2026-04-30", isExtended: true });
  expect(told("2026-03-01")).toMatchObject({ lastDay: "2026-02-28", isExtended: false });
  expect(under("access", "lgpd", clock(received, { extendedAt: noon("2026-02-01") })).isExtended).toBe(false);
});

test("only the GDPR's clock stands still while a question of identity is open", () => {
  const identityQuestions = [{ askedAt: noon("2026-03-03"), answeredAt: noon("2026-03-08") }];
  const given = clock(noon("2026-03-02"), { identityQuestions });
  expect(under("erasure", "gdpr", given).lastDay).toBe("2026-04-07");
  expect(under("erasure", "lgpd", given).lastDay).toBe(
    under("erasure", "lgpd", clock(noon("2026-03-02"))).lastDay,
  );
  const open = clock(noon("2026-03-02"), {
    identityQuestions: [{ askedAt: noon("2026-03-03"), answeredAt: null }],
  });
  const seen = (now: string) =>
    deadlinesOf("erasure", ["gdpr"], open, { now: noon(now), timeZone: ZONES[0] })[0]?.lastDay;
  expect([seen("2026-03-03"), seen("2026-03-13")]).toEqual(["2026-04-02", "2026-04-12"]);
});

test("where both laws apply the earliest comes first", () => {
  const both = deadlinesOf("access", ["gdpr", "lgpd"], clock(noon("2026-03-02")), {
    now: noon("2026-03-02"),
    timeZone: ZONES[0],
  });
  expect(both.map(({ regime }) => regime)).toEqual(["lgpd", "gdpr"]);
});

test.each([
  ["2026-03-02", "on_track"],
  // A quarter of a month is more than three days.
  ["2026-03-26", "due_soon"],
  ["2026-04-02", "due_soon"],
  ["2026-04-03", "overdue"],
] as const)("on %s a request of 2 March under the GDPR is %s", (today, state) => {
  const receivedAt = noon("2026-03-02");
  const deadline = under("erasure", "gdpr", clock(receivedAt));
  expect(dueStateOf(deadline, receivedAt, null, noon(today))).toBe(state);
  expect(dueStateOf(deadline, receivedAt, noon(today), noon(today))).toBe("closed");
});

test.each([
  ["2026-03-02", 31, "on_track"],
  ["2026-04-01", 1, "due_soon"],
  ["2026-04-02", 0, "due_soon"],
  ["2026-04-03", -1, "overdue"],
] as const)("on %s %s days are left to the last day", (today, daysLeft, state) => {
  const given = { closedAt: null, now: noon(today), timeZone: ZONES[0] };
  expect(dueOf("erasure", ["gdpr"], clock(noon("2026-03-02")), given)).toMatchObject({ daysLeft, state });
});

test("a law's number is told with the article that sets it, and an extension as part of the term", () => {
  const received = noon("2026-01-31");
  expect(under("erasure", "gdpr", clock(received))).toMatchObject({
    numberFrom: "art. 12(3)",
    term: { unit: "calendar_months", count: 1 },
  });
  expect(under("erasure", "gdpr", clock(received, { extendedAt: noon("2026-02-02") })).term).toEqual({
    unit: "calendar_months",
    count: 3,
  });
  expect(under("access", "lgpd", clock(received)).numberFrom).toBe("art. 19 II");
});

test.each([
  ["2026-03-20T15:00:00.000Z", { state: "on_track", daysLeft: 11 }],
  ["2026-03-31T15:00:00.000Z", { state: "due_soon", daysLeft: 0 }],
  ["2026-04-01T02:59:59.000Z", { state: "due_soon", daysLeft: 0 }],
  ["2026-04-01T03:00:00.000Z", { state: "overdue", daysLeft: -1 }],
] as const)(
  "a deadline that was kept ends with its last day in the installation's zone: at %s",
  (now, standing) => {
    const kept = {
      receivedAt: new Date("2026-03-01T12:00:00.000Z"),
      dueAt: new Date("2026-04-01T03:00:00.000Z"),
      closedAt: null,
    };
    expect(standingOfDue(kept, { now: new Date(now), timeZone: "America/Sao_Paulo" })).toEqual(standing);
  },
);
