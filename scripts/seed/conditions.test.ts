import { expect, test } from "vitest";
import { conditionsAt, planHistory } from "./conditions.ts";
import { listLocalDays } from "./local-days.ts";

const until = new Date("2026-03-13T15:00:00Z");
const from = new Date(until.getTime() - 60 * 86_400_000);
const days = listLocalDays(from, until, "America/Sao_Paulo");
const planned = (exposurePercent: number) => planHistory(days, { from, until }, exposurePercent);

test.each([
  { inForce: 100, ladder: [0, 1, 5, 25, 50, 100] },
  { inForce: 25, ladder: [0, 1, 5, 25] },
  { inForce: 30, ladder: [0, 1, 5, 25, 30] },
  { inForce: 1, ladder: [0, 1] },
  { inForce: 0, ladder: [0, 1, 5, 25] },
])("the history ends at the $inForce % in force", ({ inForce, ladder }) => {
  const { stages } = planned(inForce);
  expect(stages.map(({ exposurePercent }) => exposurePercent)).toEqual(ladder);
  expect(stages[0]?.since).toEqual(from);
  expect(stages).toEqual(stages.toSorted((a, b) => a.since.getTime() - b.since.getTime()));
});

test("the bad hour begins with calls that hang and goes on with an open circuit, the halt stops everybody", () => {
  const history = planned(100);
  const bad = history.incidents.find(({ api }) => api === "timing_out");
  const halt = history.incidents.find(({ halted }) => halted);
  if (!bad || !halt) throw new Error("An incident is missing.");
  expect(conditionsAt(history, bad.from)).toMatchObject({ api: "timing_out", halted: false });
  expect(conditionsAt(history, bad.until)).toMatchObject({ api: "circuit_open" });
  expect(conditionsAt(history, halt.from)).toMatchObject({ halted: true, api: "fine" });
  expect(conditionsAt(history, halt.until)).toMatchObject({ halted: false });
});

test.each([
  { zone: "America/Sao_Paulo", midnight: "2026-03-08T03:00:00.000Z" },
  { zone: "America/New_York", midnight: "2026-03-08T05:00:00.000Z" },
  { zone: "Asia/Kathmandu", midnight: "2026-03-07T18:15:00.000Z" },
])("a day begins at midnight in $zone, also where the clock changes that day", ({ zone, midnight }) => {
  const noon = new Date("2026-03-08T16:00:00Z");
  expect(listLocalDays(noon, noon, zone)).toEqual([
    { date: "2026-03-08", startsAt: new Date(midnight), weekday: 0 },
  ]);
});

test("every day of the zone's calendar that the time touches is listed once", () => {
  expect(days).toHaveLength(61);
  expect(days[0]?.date).toBe("2026-01-12");
  expect(days.at(-1)?.date).toBe("2026-03-13");
});
