import type { Refusal, Rule, Source } from "./source.ts";
import { walk } from "./source.ts";

/** Folders of lib that are a technique and not a word of the product; their files are named by what they are. */
export const TECHNICAL = new Set(
  "action auth console contract-checks feedback format i18n multibiometrics postman recording rollout-evidence sample service-health settings tables transparency unleash".split(
    " ",
  ),
);
const NOUN_FILES = new Set(["types", "schema", "rules", "queries", "loaders"]);
/** A new verb is a decision: add it here with the change that needs it. */
const VERBS = new Set(
  (
    "accept add adopt advance approve assess assign block call cancel change check close compare complete compose confirm create deliver " +
    "disable dispatch drill enable end enrol erase examine execute export extend forget freeze halt hold import intend invite " +
    "issue judge keep lift lock measure name note open pause place prepare propose prove purge put reassign recapture rectify " +
    "record refuse register reject release remember remove reopen replay report request resume retry revert revoke roll rotate save seal send settle " +
    "shred sign start suspend sweep test touch try unblock verify watch withdraw"
  ).split(" "),
);
const EMPTY_NAMES = /^(index|(.+-)?(utils?|helpers?|services?|common|misc|shared))$/;

function refuse(source: Source, what: string, why: string, instead: string): Refusal[] {
  return [{ path: source.path, line: 1, what, why, instead }];
}

const nameOf = (path: string): string =>
  path
    .split("/")
    .at(-1)
    ?.replace(/(\.long)?(\.test)?(\.module)?(\.d)?\.tsx?$/, "") ?? "";

/** Inside lib/<domain>/ a file's name says what kind of thing it holds. */
export const keepVocabulary: Rule = (source) => {
  const [room, domain = "", ...rest] = source.path.split("/");
  if (room !== "lib" || rest.length === 0 || TECHNICAL.has(domain) || source.path.includes(".test."))
    return [];
  if (rest[0] === "testing") return [];
  const name = nameOf(source.path);
  const [verb = "", ...noun] = name.split("-");
  if (rest.length === 1 && (NOUN_FILES.has(name) || (VERBS.has(verb) && noun.length > 0))) return [];
  return refuse(
    source,
    `"${rest.join("/")}" is not a name of the vocabulary`,
    "a closed vocabulary lets anyone find a thing by its kind",
    "types, schema, rules, queries, loaders or <verb>-<noun>.ts with one write; a new verb goes into scripts/architecture/vocabulary.ts",
  );
};

/** A name that fits everything says nothing. */
export const refuseEmptyNames: Rule = (source) => {
  if (!EMPTY_NAMES.test(nameOf(source.path))) return [];
  return refuse(
    source,
    "the name fits anything",
    "such a file collects what has nothing in common",
    "name it by what it holds, in the folder of its domain word",
  );
};

/** No file exists to hand on the exports of others. */
export const refuseBarrels: Rule = (source) => {
  const handedOn = [...walk(source.program.body)].filter(
    ({ type, source: from }) =>
      type === "ExportAllDeclaration" ||
      (type === "ExportNamedDeclaration" && from !== null && from !== undefined),
  );
  return handedOn.map(({ start }) => ({
    path: source.path,
    line: source.lineAt(start),
    what: "hands on another file's exports",
    why: "a barrel hides where a thing lives and draws everything beside it into the bundle",
    instead: "import from the file that defines it",
  }));
};
