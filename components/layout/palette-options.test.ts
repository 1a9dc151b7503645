import { expect, test } from "vitest";
import type { PersonListItem } from "#lib/people/types.ts";
import { paletteOptions } from "./palette-options.ts";

const pages = [
  { href: "/", name: "Visão geral" },
  { href: "/people", name: "Pessoas" },
  { href: "/settings/policies", name: "Configurações: políticas" },
];
const personOf = (id: string) => ({ id, customId: `u-${id}` }) as PersonListItem;
const idsOf = (text: string, found: PersonListItem[] | null) =>
  paletteOptions(text, pages, found, false).map(({ id }) => id);

test("without a text every page can be chosen, and nobody is looked for", () => {
  expect(idsOf("", null)).toEqual(["/", "/people", "/settings/policies"]);
});

test.each([
  { text: "pol", ids: ["/settings/policies"] },
  { text: "POLITICAS", ids: ["/settings/policies"] },
  { text: " visao ", ids: ["/"] },
  { text: "olit", ids: [] },
  { text: "p", ids: ["/people", "/settings/policies"] },
])("a page is found by the beginning of a word, without case or accents: $text", ({ text, ids }) => {
  expect(idsOf(text, null)).toEqual(ids);
});

test("people who arrive move no page, and the whole answer stands last", () => {
  expect(idsOf("pe", null)).toEqual(["/people"]);
  expect(idsOf("pe", [personOf("a"), personOf("b")])).toEqual(["/people", "a", "b", "people-all"]);
});

test("no more people than fit are offered, and an empty answer still leads to People", () => {
  const many = Array.from({ length: 50 }, (_, place) => personOf(String(place)));
  expect(idsOf("zz", many)).toHaveLength(8);
  expect(idsOf("zz", [])).toEqual(["people-all"]);
});

test("the text can be looked for among requests: after people, and before them where it is a protocol", () => {
  const idsOf = (text: string) => paletteOptions(text, [], [], true).map(({ id }) => id);
  expect(idsOf("ana")).toEqual(["people-all", "requests-all"]);
  expect(idsOf("REQ-2026-01")).toEqual(["requests-all", "people-all"]);
  expect(paletteOptions("", [], null, true)).toEqual([]);
});
