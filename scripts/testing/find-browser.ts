import { existsSync } from "node:fs";
import { join } from "node:path";
import { readBrowserSettings } from "#lib/settings/launch.ts";
import { installCommand, installPackage } from "./install-package.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

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

/**
 * The path of Chrome or Chromium; Debian's Chromium is installed where there is none and it may be.
 * @throws NoBrowser naming the command to run where it may not.
 */
export function findBrowser(): string {
  const found = lookForBrowser();
  if (found) return found;
  const installed = installPackage("chromium", "No Chrome or Chromium is installed")
    ? lookForBrowser()
    : null;
  if (installed) return installed;
  throw new NoBrowser(
    `The journeys need Chrome or Chromium. Run: ${installCommand("chromium")} — or name an installed one with CHROME_PATH.`,
  );
}
