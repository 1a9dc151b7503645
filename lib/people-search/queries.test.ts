import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { newId } from "#lib/ids.ts";
import { exposure, now, personOf, withPeople } from "#lib/people/testing/with-people.ts";
import { NO_FILTERS, type PeopleFilters } from "#lib/people/types.ts";
import { searchPeople } from "./queries.ts";

async function search(
  tx: DatabaseOrTransaction,
  text: string,
  more: Partial<Parameters<typeof searchPeople>[1]> = {},
) {
  const found = await searchPeople(tx, { text, sight: "whole", filters: NO_FILTERS, exposure, ...more }, now);
  if (!found.ok) throw new Error(found.code);
  return found;
}

test("the exact CustomID comes first, then those beginning with the text, then those holding it", () =>
  withPeople(
    ["zz-9-qx7", "qx7", "qx7-1", "other"].map((id) => personOf(id)),
    async (tx) => {
      const found = await search(tx, "qx7");
      expect(found.people.map(({ customId, match }) => [customId, match])).toEqual([
        ["qx7", "exact"],
        ["qx7-1", "prefix"],
        ["zz-9-qx7", "part"],
      ]);
      expect(found.kind).toBe("exact");
    },
  ));

test("case and spaces do not matter to the search, but the CustomID written alike comes before its likeness", () =>
  withPeople([personOf("QX7 a"), personOf("qx7a"), personOf("Qx7A")], async (tx) => {
    const found = await search(tx, "Qx7A");
    expect(found.people.map(({ customId }) => customId)).toEqual(["Qx7A", "QX7 a", "qx7a"]);
    expect(found.people[1]?.matched).toEqual({ from: 0, to: 5 });
  }));

test("after a whole CustomID of usual length come those beginning and those ending with it", () =>
  withPeople(
    ["1234567-8", "br-1234567-8", "1234567-8-b", "br-1234567-8-b", "1234567-8/1234567-8"].map((id) =>
      personOf(id),
    ),
    async (tx) => {
      const found = await search(tx, "1234567-8");
      expect(found.people.map(({ customId, match }) => [customId, match])).toEqual([
        ["1234567-8", "exact"],
        ["1234567-8-b", "prefix"],
        ["1234567-8/1234567-8", "prefix"],
        ["br-1234567-8", "part"],
      ]);
      expect((await search(tx, "234567-8")).people).toHaveLength(5);
    },
  ));

test("a long text is found whole although one piece of it leads there", () =>
  withPeople(
    ["zz-abcdef-123456", "zz-abcdef-123457", "yy-abcdef_123456"].map((id) => personOf(id)),
    async (tx) => {
      const found = await search(tx, "abcdef-123456");
      expect(found.people.map(({ customId }) => customId)).toEqual(["zz-abcdef-123456"]);
    },
  ));

test("what few people are narrows a search for a part", () =>
  withPeople(
    [personOf("a-qx7"), personOf("b-qx7", { status: "blocked" }), personOf("b-qy7", { status: "blocked" })],
    async (tx) => {
      const found = await search(tx, "qx7", { filters: { ...NO_FILTERS, status: "blocked" } });
      expect(found.people.map(({ customId }) => customId)).toEqual(["b-qx7"]);
    },
  ));

test("characters with a meaning to the database are looked for as they are", () =>
  withPeople([personOf("qx_7%"), personOf("qxa7b"), personOf("a-qx_7%")], async (tx) => {
    expect((await search(tx, "qx_7%")).people.map(({ customId }) => customId)).toEqual(["qx_7%", "a-qx_7%"]);
    expect((await search(tx, "x_7")).people.map(({ customId }) => customId)).toEqual(["qx_7%", "a-qx_7%"]);
  }));

test("a text of one or two letters finds beginnings only", () =>
  withPeople([personOf("qx7"), personOf("a-qx7")], async (tx) => {
    expect((await search(tx, "qx")).people.map(({ customId }) => customId)).toEqual(["qx7"]);
  }));

test("fifty are shown and more are announced without being counted", () =>
  withPeople(
    Array.from({ length: 52 }, (_, n) => personOf(`qx7-${n}`)),
    async (tx) => {
      const found = await search(tx, "qx7");
      expect(found.people).toHaveLength(50);
      expect(found.hasMore).toBe(true);
      expect((await search(tx, "qx7-1")).hasMore).toBe(false);
    },
  ));

test("a masked reader finds by the whole CustomID or its last characters, never by its beginning", () =>
  withPeople([personOf("qx7-0042"), personOf("qx7-0043")], async (tx) => {
    const find = async (text: string) =>
      (await search(tx, text, { sight: "masked" })).people.map(({ customId }) => customId);
    expect(await find("qx7")).toEqual([]);
    expect(await find("-0042")).toEqual([]);
    expect(await find("0042")).toEqual(["qx7-0042"]);
    expect(await find("QX7-0042")).toEqual(["qx7-0042"]);
  }));

test("an ending is found for a masked reader where the CustomID begins so too", () =>
  withPeople([personOf("qz42-qz42"), personOf("qz42"), personOf("qz42-1")], async (tx) => {
    const found = await search(tx, "qz42", { sight: "masked" });
    expect(found.people.map(({ customId, match }) => [customId, match])).toEqual([
      ["qz42", "exact"],
      ["qz42-qz42", "part"],
    ]);
  }));

const sample = [
  personOf("qx7-face"),
  personOf("qx7-both", { fingersEnrolled: [2, 7], bucket: 60 }),
  personOf("qx7-fingers", { faceEnrolled: false, fingersEnrolled: [1] }),
  personOf("qx7-waiting", { status: "pending", faceEnrolled: false, enrolledAt: null }),
  personOf("qx7-blocked", { status: "blocked", enrolledAt: new Date("2026-01-01T00:00:00Z") }),
  personOf("qx7-paused", { pausedUntil: new Date("2026-03-13T12:05:00Z") }),
];
const cases: [Partial<PeopleFilters>, string[]][] = [
  [{ enrolled: "both" }, ["both"]],
  [{ enrolled: "fingers" }, ["both", "fingers"]],
  [{ enrolled: "nothing" }, ["waiting"]],
  [{ status: "pending" }, ["waiting"]],
  [{ status: "blocked" }, ["blocked"]],
  [{ status: "paused" }, ["paused"]],
  [{ status: "enrolled" }, ["both", "face", "fingers"]],
  [{ path: "biometric" }, ["face", "fingers"]],
  [{ path: "legacy" }, ["blocked", "both", "paused", "waiting"]],
  [{ since: "7d", enrolled: "face" }, ["both", "face", "paused"]],
];
test.each(cases)("the filter %j finds these and no others", (filters, expected) =>
  withPeople(sample, async (tx) => {
    const found = await search(tx, "qx7-", { filters: { ...NO_FILTERS, ...filters } });
    expect(found.people.map(({ customId }) => customId.slice(4)).sort()).toEqual(expected);
  }),
);

test("nobody is on the biometric path while the rollout is halted", () =>
  withPeople(sample, async (tx) => {
    const halted = {
      filters: { ...NO_FILTERS, path: "biometric" as const },
      exposure: { exposurePercent: 100, offersEarlyAdopters: true, halted: true },
    };
    expect((await search(tx, "qx7-", halted)).people).toEqual([]);
  }));

test("an early adopter is on the biometric path whatever their bucket, where early adopters are offered it", () =>
  withPeople(sample, async (tx) => {
    await tx
      .insert(earlyAdopters)
      .values({ customId: "qx7-both", addedBy: newId(), addedAt: new Date("2026-03-13T12:00:00Z") });
    const path = (offersEarlyAdopters: boolean) =>
      search(tx, "qx7-", {
        filters: { ...NO_FILTERS, path: "biometric" as const },
        exposure: { ...exposure, offersEarlyAdopters },
      });
    const names = async (offered: boolean) =>
      (await path(offered)).people.map(({ customId }) => customId.slice(4)).sort();
    expect(await names(true)).toEqual(["both", "face", "fingers"]);
    expect(await names(false)).toEqual(["face", "fingers"]);
  }));
