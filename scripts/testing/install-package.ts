import { spawnSync } from "node:child_process";
import { isRoot } from "../postgres/system-user.ts";
import { say } from "../supervisor/print.ts";

const commandFor = (name: string): string =>
  `apt-get update && apt-get install -y --no-install-recommends ${name}`;

/** What a person runs where this machine may not. */
export const installCommand = (name: string): string => `sudo sh -c '${commandFor(name)}'`;

/** How this machine lets packages be installed without asking anyone, if it does. */
function findInstaller(command: string): readonly string[] | undefined {
  if (spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return undefined;
  if (isRoot()) return ["sh", "-c", command];
  const maySudo = spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  return maySudo ? ["sudo", "-n", "sh", "-c", command] : undefined;
}

/** Installs a package of Debian, saying why; false where this machine does not let it. */
export function installPackage(name: string, because: string): boolean {
  const [program, ...args] = findInstaller(commandFor(name)) ?? [];
  if (!program) return false;
  say(`${because}; installing Debian's ${name}.`);
  spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  return true;
}
