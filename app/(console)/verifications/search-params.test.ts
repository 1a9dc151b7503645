import { describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { parseVerificationsSearch, verificationsPath } from "./search-params.ts";

const id = newId();

describe("parseVerificationsSearch", () => {
  test("an empty address means the last day, newest first, from the start", () => {
    expect(parseVerificationsSearch({})).toEqual({
      filters: {
        outcome: [],
        reason: [],
        modality: [],
        stage: [],
        channel: [],
        application: [],
        apiStatus: [],
        device: [],
        source: [],
        window: "24h",
        range: null,
      },
      order: "newest",
      cursor: null,
      view: null,
      opensView: false,
    });
  });

  test("an address that names a view alone shows what the view says; any other says so itself", () => {
    expect(parseVerificationsSearch({ view: id, after: `1773403200000_${id}` })).toMatchObject({
      ...{ view: id, opensView: true },
    });
    const { filters, order } = parseVerificationsSearch({});
    const path = verificationsPath({ filters, order, cursor: null, view: id });
    const query = Object.fromEntries(new URL(path, "http://localhost").searchParams);
    expect(parseVerificationsSearch(query)).toMatchObject({ view: id, opensView: false });
    expect(parseVerificationsSearch({ view: "u-54402-bruma" })).toMatchObject({
      view: null,
      opensView: false,
    });
  });

  test("values that are not on the lists are left out", () => {
    const { filters, order, cursor } = parseVerificationsSearch({
      outcome: "matched,deleted,not_matched",
      reason: "'; drop table people",
      window: "100y",
      channel: "web,not a channel,../..",
      stage: "25,101,-1,5 or 1=1,0",
      apiStatus: "200,0,99,600,4041",
      device: "kiosk,toaster",
      application: `${id},u-54402-bruma`,
      order: "sideways",
      after: "1_not-an-id",
      from: "yesterday",
      to: ["a", "b"],
    });
    expect(filters).toMatchObject({
      outcome: ["matched", "not_matched"],
      reason: [],
      window: "24h",
      channel: ["web"],
      stage: ["25", "0"],
      apiStatus: ["200", "0"],
      device: ["kiosk"],
      application: [id],
      range: null,
    });
    expect([order, cursor]).toEqual(["newest", null]);
  });

  test("a range that ends before it begins is no range", () => {
    const to = "2026-03-13T11:00:00.000Z";
    expect(parseVerificationsSearch({ from: to, to }).filters.range).toBeNull();
  });
});

test("an address that was written is read back as it was", () => {
  const search = parseVerificationsSearch({
    outcome: "not_matched,api_error",
    channel: "web,app",
    stage: "5,25",
    application: id,
    source: "gateway",
    window: "7d",
    from: "2026-03-13T11:00:00.000Z",
    to: "2026-03-13T12:00:00.000Z",
    order: "oldest",
    before: `1773403200000_${id}`,
  });
  const path = verificationsPath(search);
  const query = Object.fromEntries(new URL(path, "http://localhost").searchParams);
  expect(parseVerificationsSearch(query)).toEqual(search);
  expect(search.cursor).toEqual({ at: new Date(1_773_403_200_000), id, direction: "before" });
});
