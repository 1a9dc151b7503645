import { watch } from "node:fs";
import { join } from "node:path";
import { projectDir } from "./child.ts";
import type { SupervisedPart } from "./supervised-part.ts";

const SETTLED_MS = 200;

/** Restarts each part when one of its source files has changed and the editor has finished writing. */
export function restartOnChange(parts: readonly SupervisedPart[]): void {
  const folders = new Set(parts.flatMap(({ plan }) => plan.watched));
  const waiting = new Map<SupervisedPart, NodeJS.Timeout>();
  for (const folder of folders) {
    watch(join(projectDir, folder), { recursive: true }, (_event, file) => {
      if (!file?.endsWith(".ts") || file.endsWith(".test.ts")) return;
      for (const part of parts.filter(({ plan }) => plan.watched.includes(folder))) {
        clearTimeout(waiting.get(part));
        waiting.set(
          part,
          setTimeout(() => part.restart(), SETTLED_MS),
        );
      }
    });
  }
}
