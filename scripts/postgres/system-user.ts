import { execFileSync, spawnSync } from "node:child_process";

/** PostgreSQL refuses to run as root: under root its server runs as this system user of its own. */
const USER_NAME = "gatehouse-postgres";

export type RunAs = { readonly uid: number; readonly gid: number } | Record<string, never>;

export const isRoot = (): boolean => process.getuid?.() === 0;

function idOf(flag: "-u" | "-g"): number | undefined {
  const answer = spawnSync("id", [flag, USER_NAME], { encoding: "utf8" });
  return answer.status === 0 ? Number(answer.stdout.trim()) : undefined;
}

function findUser(): RunAs | undefined {
  const [uid, gid] = [idOf("-u"), idOf("-g")];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * The user PostgreSQL runs as: the current one, or under root a system user made at the first start.
 * @throws Error naming the command to run where the user cannot be made.
 */
export function postgresUser(): RunAs {
  if (!isRoot()) return {};
  const known = findUser();
  if (known) return known;
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER_NAME];
  try {
    execFileSync("useradd", options, { stdio: "pipe" });
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and its user could not be made. Run: useradd ${options.join(" ")}`,
      { cause },
    );
  }
  const made = findUser();
  if (!made) throw new Error(`The user ${USER_NAME} was made but cannot be found.`);
  return made;
}

/** Whether the user can enter the folder, all the way down from the root of the file system. */
export function canEnter(user: RunAs, folder: string): boolean {
  if (!("uid" in user)) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, stdio: "ignore" }).status === 0;
}
