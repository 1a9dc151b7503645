import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { LEDGER_FILE } from "./open-ledger.ts";
import { lineKeyOf, openLine } from "./rules.ts";
import type { LedgerFact, LedgerTrouble } from "./types.ts";

/**
 * Every fact of every ledger file in the folder and the folders below it, in no order between files: the times in the
 * facts count. What cannot be believed is handed to `onTrouble` and not left out in silence. One line is held at a time.
 */
export async function* readLedger(
  folder: string,
  secret: string,
  onTrouble: (trouble: LedgerTrouble) => void,
): AsyncGenerator<LedgerFact> {
  const key = lineKeyOf(secret);
  const names = await readdir(folder, { recursive: true }).catch(emptyWhereNone);
  for (const name of names.filter((one) => LEDGER_FILE.test(basename(one))).sort()) {
    yield* readFile(join(folder, name), key, ({ kind, line }) => onTrouble({ kind, line, file: name }));
  }
}

type Doubt = (trouble: Pick<LedgerTrouble, "kind" | "line">) => void;

async function* readFile(path: string, key: Uint8Array, doubt: Doubt): AsyncGenerator<LedgerFact> {
  let line = 0;
  let last = 0;
  for await (const { text, isWhole } of linesOf(path)) {
    line += 1;
    const opened = openLine(key, text);
    if (opened === null) {
      doubt({ kind: isWhole ? "unreadable" : "torn", line });
      // It stood in some place, which is then not missing.
      if (isWhole) last += 1;
      continue;
    }
    if (opened.place.n > last + 1) doubt({ kind: "missing", line });
    last = Math.max(last, opened.place.n);
    yield opened.fact;
  }
}

async function* linesOf(path: string): AsyncGenerator<{ text: string; isWhole: boolean }> {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) yield { text, isWhole: true };
  }
  if (rest !== "") yield { text: rest, isWhole: false };
}

function emptyWhereNone(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
