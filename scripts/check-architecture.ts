import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { auditWrites, guardActions, readSettingsOnce } from "./architecture/boundaries.ts";
import { guardDoors } from "./architecture/guard-doors.ts";
import { keepDirection, nameRooms } from "./architecture/rooms.ts";
import { keepFilesSmall, keepFunctionsSmall } from "./architecture/sizes.ts";
import { type Refusal, type Rule, readSource, type Source } from "./architecture/source.ts";
import { keepVocabulary, refuseBarrels, refuseEmptyNames } from "./architecture/vocabulary.ts";
import { projectDir } from "./supervisor/child.ts";
import { say } from "./supervisor/print.ts";

const ROOMS = [
  "app",
  "client",
  "components",
  "lib",
  "db",
  "gateway",
  "worker",
  "sandbox",
  "scripts",
  "e2e",
  "bench",
];
const RULES: readonly Rule[] = [
  keepDirection,
  nameRooms,
  keepVocabulary,
  refuseEmptyNames,
  refuseBarrels,
  keepFilesSmall,
  keepFunctionsSmall,
  readSettingsOnce,
  guardActions,
  auditWrites,
];

function findSources(room: string): string[] {
  return readdirSync(join(projectDir, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(projectDir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function inWords({ path, line, what, why, instead }: Refusal): string {
  return `${path}:${line}: ${what}\n    why:     ${why}\n    instead: ${instead}`;
}

const paths = ROOMS.flatMap(findSources);
const sources = new Map<string, Source>(
  paths.map((path) => [path, readSource(path, readFileSync(join(projectDir, path), "utf8"))]),
);
const refusals = [
  ...[...sources.values()].flatMap((source) => RULES.flatMap((rule) => rule(source))),
  ...guardDoors(sources),
];
for (const refusal of refusals) say(inWords(refusal));
say(`${paths.length} files, ${RULES.length + 1} rules, ${refusals.length} refusals.`);
if (refusals.length > 0) process.exitCode = 1;
