import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const OLDER_UNLEASH = "6.10.1";

/**
 * Installs an Unleash of the version before ours into a folder of its own, from wherever npm gets its packages, without
 * running their scripts; answers the folder. It is no dependency of the product: companies run it, and we call it.
 */
export function installOlderUnleash(): string {
  const folder = fileURLToPath(
    new URL(`../../node_modules/.cache/unleash-${OLDER_UNLEASH}`, import.meta.url),
  );
  if (existsSync(`${folder}/node_modules/unleash-server/package.json`)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, '{"private":true}');
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  execFileSync("npm", ["install", `unleash-server@${OLDER_UNLEASH}`, ...quiet], {
    cwd: folder,
    stdio: "ignore",
  });
  return folder;
}
