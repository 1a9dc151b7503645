import { accessSync, chmodSync, constants, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { isRoot } from "../postgres/system-user.ts";
import { projectDir } from "./child.ts";

/** What stands in the way of a start, said so that the reader can remove it. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}

/**
 * Makes the folder where everything is kept; nobody else can list it. Under root PostgreSQL's own user must be able
 * to pass through it to its files; every secret in it is a file of mode 0600.
 * @throws CannotStart when the folder cannot be written.
 */
export function openStateDir(dataDir: string): string {
  const path = resolve(projectDir, dataDir);
  try {
    mkdirSync(path, { recursive: true });
    chmodSync(path, isRoot() ? 0o711 : 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    const remedy = "Start as its owner, or name another folder: GATEHOUSE_DATA_DIR=…";
    throw new CannotStart(`The folder ${path} cannot be used (${code}). ${remedy}`, { cause });
  }
  return path;
}
