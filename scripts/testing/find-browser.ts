import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readBrowserSettings } from "#lib/settings/launch.ts";
import { isRoot } from "../postgres/system-user.ts";
import { say } from "../supervisor/print.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium";

/** Tests that need a browser cannot run; the message names the one command that helps. */
export class NoBrowser extends Error {
  override readonly name = "NoBrowser";
}

function lookForBrowser(): string | undefined {
  const { chromePath, programFolders } = readBrowserSettings();
  if (chromePath) {
    if (existsSync(chromePath)) return chromePath;
    throw new NoBrowser(
      `CHROME_PATH names ${chromePath}, which is not there. Write the path of Chrome or Chromium.`,
    );
  }
  const inFolders = programFolders.flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
  return [...inFolders, ...ELSEWHERE].find((path) => existsSync(path));
}

/** How this machine lets packages be installed without asking anyone, if it does. */
function findInstaller(): readonly string[] | undefined {
  if (spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return undefined;
  if (isRoot()) return ["sh", "-c", INSTALL];
  const maySudo = spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  return maySudo ? ["sudo", "-n", "sh", "-c", INSTALL] : undefined;
}

/**
 * The path of Chrome or Chromium; Debian's Chromium is installed where there is none and it may be.
 * @throws NoBrowser naming the command to run where it may not.
 */
export function findBrowser(): string {
  const found = lookForBrowser();
  if (found) return found;
  const installer = findInstaller();
  const [program, ...args] = installer ?? [];
  if (program) {
    say("No Chrome or Chromium is installed; installing Debian's chromium.");
    spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    const installed = lookForBrowser();
    if (installed) return installed;
  }
  throw new NoBrowser(
    `The journeys need Chrome or Chromium. Run: sudo sh -c '${INSTALL}' — or name an installed one with CHROME_PATH.`,
  );
}
