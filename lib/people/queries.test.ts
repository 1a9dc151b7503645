import { expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { findPerson, listPeopleByCustomIds, listRecentPeople } from "./queries.ts";
import { exposure, now, personOf, withPeople } from "./testing/with-people.ts";
import { NO_FILTERS } from "./types.ts";

test("without a search the people enrolled last come first and those still waiting last", () =>
  withPeople(
    [
      personOf("qx7-old", { enrolledAt: new Date("2099-01-01T00:00:00Z") }),
      personOf("qx7-new", { enrolledAt: new Date("2099-01-02T00:00:00Z") }),
    ],
    async (tx) => {
      const recent = await listRecentPeople(tx, NO_FILTERS, exposure, now);
      expect(recent.people.slice(0, 2).map(({ customId }) => customId)).toEqual(["qx7-new", "qx7-old"]);
    },
  ));

test("of the BioPassID only the last four characters leave the database", () => {
  const person = personOf("qx7", { bioPassId: "sample-bio-pass-7c1e" });
  return withPeople([person], async (tx) => {
    const found = await findPerson(tx, person.id);
    expect(found?.bioPassIdEnding).toBe("7c1e");
    expect(JSON.stringify(found)).not.toContain("sample-bio-pass");
    expect(await findPerson(tx, newId())).toBeNull();
  });
});

test("a list finds its people in its own order, case and spaces aside, the one written alike first", () =>
  withPeople(
    ["li-1", "LI-2", "li-2", "li-3"].map((id) => personOf(id)),
    async (tx) => {
      const found = await listPeopleByCustomIds(tx, ["li-3", "li-none", "li - 2", "LI-2", "li-1"]);
      expect(found.map(({ customId }) => customId)).toEqual(["li-3", "LI-2", "li-2", "li-1"]);
      expect(await listPeopleByCustomIds(tx, ["li-"])).toEqual([]);
    },
  ));
