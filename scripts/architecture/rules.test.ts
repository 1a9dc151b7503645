import { describe, expect, test } from "vitest";
import { auditWrites, guardActions, readSettingsOnce } from "./boundaries.ts";
import { keepDirection, nameRooms } from "./rooms.ts";
import { keepFilesSmall, keepFunctionsSmall } from "./sizes.ts";
import { type Rule, readSource } from "./source.ts";
import { keepVocabulary, refuseBarrels, refuseEmptyNames } from "./vocabulary.ts";

type Example = readonly [path: string, text: string];

const lines = (count: number): string => "run();\n".repeat(count);
const longFunction = (count: number): string => `export function f() {\n${"  g();\n".repeat(count)}}\n`;
const imports = (specifier: string): string => `import { a } from "${specifier}";\na();\n`;
const write = (table: string, rest = ""): string =>
  `import { ${table} } from "#db/schema/tables.ts";\nexport const f = (tx) => { tx.insert(${table}); ${rest} };\n`;

const rules: readonly {
  name: string;
  rule: Rule;
  refused: readonly Example[];
  accepted: readonly Example[];
}[] = [
  {
    name: "imports go one way",
    rule: keepDirection,
    refused: [
      ["lib/people/queries.ts", imports("#app/people/page.tsx")],
      ["lib/people/queries.ts", imports("#gateway/server.ts")],
      ["components/people/table.tsx", imports("#lib/people/queries.ts")],
      ["components/people/table.tsx", imports("#db/client.ts")],
      ["app/people/page.tsx", imports("#db/client.ts")],
      ["app/people/page.tsx", imports("#lib/people/queries.ts")],
      ["sandbox/server.ts", imports("#lib/log.ts")],
      ["gateway/server.ts", imports("../worker/main.ts")],
      ["db/schema/people.ts", 'const late = () => import("#lib/people/queries.ts");\nlate();\n'],
    ],
    accepted: [
      ["app/people/page.tsx", imports("#lib/people/loaders.ts")],
      ["components/people/table.tsx", imports("#lib/people/types.ts")],
      ["db/schema/people.ts", imports("#lib/people/schema.ts")],
      ["gateway/server.ts", imports("#db/client.ts")],
      ["sandbox/server.ts", imports("#lib/multibiometrics/schema.ts")],
      ["lib/people/queries.ts", imports("react")],
    ],
  },
  {
    name: "another room is imported by its name",
    rule: nameRooms,
    refused: [
      ["lib/people/queries.ts", imports("../audit/types.ts")],
      ["lib/people/queries.ts", imports("#lib/audit/types")],
    ],
    accepted: [
      ["lib/people/queries.ts", imports("./types.ts")],
      ["lib/env.test.ts", imports("./env.ts")],
      ["lib/people/queries.ts", imports("#lib/audit/types.ts")],
    ],
  },
  {
    name: "a domain's files are named by the vocabulary",
    rule: keepVocabulary,
    refused: [
      ["lib/people/person-manager.ts", lines(1)],
      ["lib/people/erase.ts", lines(1)],
      ["lib/people/parts/rules.ts", lines(1)],
    ],
    accepted: [
      ["lib/people/rules.ts", lines(1)],
      ["lib/people/erase-person.ts", lines(1)],
      ["lib/unleash/admin.ts", lines(1)],
      ["lib/people/testing/sample-person.ts", lines(1)],
    ],
  },
  {
    name: "no file's name fits anything",
    rule: refuseEmptyNames,
    refused: [
      ["lib/unleash/utils.ts", lines(1)],
      ["components/ui/index.ts", lines(1)],
      ["gateway/request-helpers.ts", lines(1)],
    ],
    accepted: [["gateway/request-locale.ts", lines(1)]],
  },
  {
    name: "no file hands on another's exports",
    rule: refuseBarrels,
    refused: [
      ["lib/unleash/api.ts", 'export * from "./admin.ts";\n'],
      ["lib/unleash/api.ts", 'export { admin } from "./admin.ts";\n'],
    ],
    accepted: [["lib/unleash/api.ts", "const a = 1;\nexport { a };\n"]],
  },
  {
    name: "a file is read whole",
    rule: keepFilesSmall,
    refused: [
      ["lib/people/rules.ts", lines(301)],
      ["app/people/page.tsx", lines(61)],
      ["lib/people/rules.test.ts", lines(401)],
    ],
    accepted: [
      ["lib/people/rules.ts", lines(300)],
      ["app/people/page.tsx", lines(60)],
      ["db/schema/people.ts", lines(500)],
      ["lib/people/rules.test.ts", lines(400)],
    ],
  },
  {
    name: "a function is understood at once",
    rule: keepFunctionsSmall,
    refused: [
      ["lib/people/rules.ts", longFunction(79)],
      ["components/people/table.tsx", longFunction(99)],
    ],
    accepted: [
      ["lib/people/rules.ts", longFunction(78)],
      ["components/people/table.tsx", longFunction(98)],
    ],
  },
  {
    name: "settings are read in one place",
    rule: readSettingsOnce,
    refused: [
      ["gateway/main.ts", "const url = process.env.DATABASE_URL;\n"],
      ["gateway/main.ts", "const { DATABASE_URL } = process.env;\n"],
    ],
    accepted: [
      ["lib/env.ts", "const url = process.env.DATABASE_URL;\n"],
      ["app/layout.tsx", 'const isProduction = process.env.NODE_ENV === "production";\n'],
    ],
  },
  {
    name: "a browser can call nothing but actions that ask who it is",
    rule: guardActions,
    refused: [
      ["app/people/actions.ts", '"use server";\nexport async function erase() {}\n'],
      ["app/people/actions.ts", '"use server";\nexport const erase = async () => {};\n'],
      ["app/people/actions.ts", '"use server";\nconst a = 1;\nexport { a };\n'],
      ["app/people/actions.ts", '"use server";\nexport default defineAction({});\n'],
      ["app/people/page.tsx", 'async function erase() {\n  "use server";\n}\nerase();\n'],
    ],
    accepted: [
      ["app/people/actions.ts", '"use server";\nexport const eraseAction = defineAction({});\n'],
      ["app/people/actions.ts", '"use server";\nexport type Answer = string;\n'],
      [
        "lib/action/define-action.ts",
        '/** For files that begin with "use server". */\nexport const a = 1;\n',
      ],
    ],
  },
  {
    name: "a change leaves its audit entry",
    rule: auditWrites,
    refused: [
      ["lib/members/create-member.ts", write("members")],
      ["lib/members/queries.ts", write("members", "recordAudit(tx, {})")],
    ],
    accepted: [
      ["lib/members/create-member.ts", write("members", "recordAudit(tx, {})")],
      ["lib/logins/open-login.ts", write("logins")],
      ["lib/auth/touch-session.ts", write("memberSessions")],
      ["lib/logins/rules.ts", "export const f = (names) => names.delete(key);\n"],
    ],
  },
];

describe.each(rules)("$name", ({ rule, refused, accepted }) => {
  test.each(refused)("%s is refused: %j", (path, text) => {
    expect(rule(readSource(path, text)).map((refusal) => refusal.path)).toContain(path);
  });

  test.each(accepted)("%s is accepted: %j", (path, text) => {
    expect(rule(readSource(path, text))).toEqual([]);
  });
});

test("a file that cannot be parsed is not taken for a good one", () => {
  expect(() => readSource("lib/people/rules.ts", "export const = ;")).toThrow(/cannot be parsed/);
});
