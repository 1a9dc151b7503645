import { describe, expect, test } from "vitest";
import { findDoors } from "./doors.ts";
import { guardDoors } from "./guard-doors.ts";
import { readSource } from "./source.ts";

const LOADERS = "lib/people/loaders.ts";
const PAGE = "app/(console)/people/page.tsx";
const ROUTE = "app/api/people/route.ts";
const ACTIONS = "app/(console)/people/actions.ts";

const loader = (first: string): string =>
  `export async function loadPeople(text: string) {\n  ${first}\n  return listPeople(text);\n}\n`;
const GUARDED = loader('const viewer = await requireViewer("people.search");');
const CALLER = loader('await requireCaller("people.search", { isUse: false });');
const page = (body: string): string =>
  `import { loadPeople } from "#${LOADERS}";\nexport default async function People() {\n  ${body}\n}\n`;
const route = (body: string): string =>
  `import { loadPeople } from "#${LOADERS}";\nexport async function GET() {\n  ${body}\n}\n`;
const action = (permission: string): string =>
  `"use server";\nexport const findAction = defineAction({ name: "person.search", ${permission} });\n`;

type Files = Readonly<Record<string, string>>;
const sourcesOf = (files: Files) =>
  new Map(Object.entries(files).map(([path, text]) => [path, readSource(path, text)]));
const refusedIn = (files: Files, open: Files = {}) =>
  guardDoors(sourcesOf(files), open).map(({ path }) => path);

describe("a door that asks for no permission is refused", () => {
  test.each<[string, string, Files]>([
    ["a page without a loader", PAGE, { [PAGE]: page("return null;") }],
    [
      "a page whose loader is imported and not called",
      PAGE,
      { [PAGE]: page("return null;"), [LOADERS]: GUARDED },
    ],
    ["a route without a loader", ROUTE, { [ROUTE]: route("return Response.json([]);") }],
    ["a method by another name", ROUTE, { [ROUTE]: 'import { GET } from "x";\nexport { GET };\n' }],
    [
      "a second method beside a guarded one",
      ROUTE,
      {
        [LOADERS]: CALLER,
        [ROUTE]: `${route("return loadPeople('');")}export const POST = async () => Response.json([]);\n`,
      },
    ],
    ["an action without one", ACTIONS, { [ACTIONS]: action("input: z.undefined()") }],
    [
      "an action that gets its permission elsewhere",
      ACTIONS,
      { [ACTIONS]: action("permission: PERMISSION") },
    ],
    ["a loader without one", LOADERS, { [LOADERS]: loader("const now = new Date();") }],
    [
      "a loader that does something first",
      LOADERS,
      { [LOADERS]: loader('touch(); await requireViewer("a.b");') },
    ],
    ["a loader that does not wait for the answer", LOADERS, { [LOADERS]: loader('requireViewer("a.b");') }],
    [
      "a loader that asks only sometimes",
      LOADERS,
      { [LOADERS]: loader('if (text) await requireViewer("a.b");') },
    ],
    [
      "a loader whose permission is computed",
      LOADERS,
      { [LOADERS]: loader("await requireViewer(of(text));") },
    ],
  ])("%s", (_, path, files) => {
    expect(refusedIn(files)).toContain(path);
  });
});

test("what asks in its first line passes, also through React's cache, and its permission can be read", () => {
  const cached = `export const loadPeople = cache(async () => {\n  const { grant } = await requireViewer("people.search");\n  return grant;\n});\n`;
  for (const loaders of [GUARDED, CALLER, cached]) {
    const files = {
      [LOADERS]: loaders,
      [PAGE]: page("return <b>{await loadPeople('')}</b>;"),
      [ROUTE]: route("return Response.json(await loadPeople(''));"),
      [ACTIONS]: action('permission: "people.search"'),
    };
    expect(guardDoors(sourcesOf(files), {})).toEqual([]);
    expect(findDoors(sourcesOf(files)).map(({ kind, permissions }) => [kind, ...permissions])).toEqual([
      ["loader", "people.search"],
      ["page", "people.search"],
      ["route", "people.search"],
      ["action", "people.search"],
    ]);
  }
});

test("a door may be open by name, and the list of open ones holds nothing else", () => {
  const open = { [PAGE]: "everybody may" };
  expect(refusedIn({ [PAGE]: page("return null;") }, open)).toEqual([]);
  expect(refusedIn({}, open)).toEqual(["scripts/architecture/open-doors.ts"]);
  expect(refusedIn({ [PAGE]: page("return loadPeople('');"), [LOADERS]: GUARDED }, open)).toEqual([
    "scripts/architecture/open-doors.ts",
  ]);
  expect(refusedIn({ [ACTIONS]: action("input: any") }, { [ACTIONS]: "everybody may" })).toContain(ACTIONS);
});
