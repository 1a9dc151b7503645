import { existsSync } from "node:fs";
import { join } from "node:path";
import { readBrowserSettings } from "#lib/settings/launch.ts";
import { installCommand, installPackage } from "./install-package.ts";

/** What the samples for developers run with and what reads a PDF back, and Debian's package of each. */
const PACKAGES = { python3: "python3", java: "default-jdk-headless", pdftotext: "poppler-utils" } as const;

/**
 * The path of a program; Debian's is installed where there is none and it may be.
 * @throws Error naming the command to run where it may not.
 */
export function findProgram(name: keyof typeof PACKAGES): string {
  const look = () =>
    readBrowserSettings()
      .programFolders.map((folder) => join(folder, name))
      .find((path) => existsSync(path));
  const found = look() ?? (installPackage(PACKAGES[name], `There is no ${name}`) ? look() : undefined);
  if (found) return found;
  throw new Error(`The tests need ${name}. Run: ${installCommand(PACKAGES[name])}`);
}
