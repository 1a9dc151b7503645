import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "#lib/clock.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { examinePeople } from "#lib/people-import/examine-people.ts";
import { type Importer, importPeople } from "#lib/people-import/import-people.ts";
import { sortOut } from "#lib/people-import/queries.ts";
import type { ImportCounts, ImportTrouble, LeftOut } from "#lib/people-import/types.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import type { OpenInstallation } from "../seed/open-installation.ts";
import { say } from "../supervisor/print.ts";
import { digestOf, streamFile } from "./stream-file.ts";

export type Wanted = { file: string; withErased: boolean; checkOnly: boolean };

const REASONS: Record<ImportTrouble, string> = {
  custom_id_missing: "no CustomID",
  custom_id_unusable: "the CustomID is longer than 128 characters or holds what is no text",
  bio_pass_id_unusable: "the BioPassID is longer than 128 characters or holds spaces",
  modalities_missing: "no modality: write face, the numbers of fingers from 1 to 10, or both",
  modality_unknown: "a modality that is neither face nor the number of a finger from 1 to 10",
  legal_basis_missing: "no legal basis",
  legal_basis_unknown:
    "a legal basis that is not known: write 11-I, 11-II-a, 11-II-d, 11-II-g, 9(2)(a) or 9(2)(g)",
  erasure_pending: "the person is about to be erased",
  blocked: "the person is blocked",
  erased_before: "the person was erased here; if they enrolled anew, add --erased-too",
};

/** Imports a file of any length in parts, each with its audit entry; rows that are left out go to a file beside it. */
export async function importFile({ site, database }: OpenInstallation, wanted: Wanted): Promise<void> {
  const fileSha256 = await digestOf(wanted.file);
  const ledger = openLedger({ folder: join(site.stateDir, "ledger"), secret: site.secrets.ledgerSecret });
  const by: Importer = {
    actor: { id: null, role: "system" },
    loginKeyOf: (customId) => loginKeyOf(site.secrets.loginKeySecret, customId),
    ledger,
  };
  const sum: ImportCounts = { rows: 0, imported: 0, known: 0, refused: 0 };
  const leftOutFile = new LeftOutFile(`${wanted.file}.left-out.csv`);
  try {
    for await (const { people, leftOut } of examinePeople(streamFile(wanted.file))) {
      const chunk = { people, unreadable: leftOut.length, fileSha256, withErased: wanted.withErased };
      const part = wanted.checkOnly
        ? await sortOut(database.db, chunk, ledger.refOf).then(({ good, ...rest }) => ({
            imported: good.length,
            ...rest,
          }))
        : await importPeople(database.db, chunk, by, systemClock());
      sum.rows += people.length + leftOut.length;
      sum.imported += part.imported;
      sum.known += part.known;
      sum.refused += part.leftOut.length + leftOut.length;
      await leftOutFile.write([...leftOut, ...part.leftOut].sort((a, b) => a.line - b.line));
      if (sum.rows % 100_000 === 0) say(`  ${sum.rows} rows`);
    }
  } finally {
    await Promise.all([ledger.close(), leftOutFile.close()]);
  }
  sayResult(sum, wanted, leftOutFile.path);
}

/** The lines that were left out, with why; made at the first of them. It names nobody: lines are found in the file itself. */
class LeftOutFile {
  readonly path: string;
  #file: FileHandle | undefined;

  constructor(path: string) {
    this.path = path;
  }

  async write(rows: readonly LeftOut[]): Promise<void> {
    if (rows.length === 0) return;
    if (!this.#file) {
      this.#file = await open(this.path, "w", 0o600);
      await this.#file.appendFile("line,why\n");
    }
    await this.#file.appendFile(rows.map(({ line, trouble }) => `${line},"${REASONS[trouble]}"\n`).join(""));
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

function sayResult(
  { rows, imported, known, refused }: ImportCounts,
  { checkOnly }: Wanted,
  path: string,
): void {
  say(
    `${rows} rows: ${imported} ${checkOnly ? "would be imported" : "imported"}, ${known} known already, ${refused} left out.`,
  );
  if (refused > 0) say(`Which lines were left out, and why: ${path}`);
  if (!checkOnly && imported > 0) {
    say(
      "The API has no call that tells who is enrolled: each of them is confirmed by their first verification.",
    );
  }
}
