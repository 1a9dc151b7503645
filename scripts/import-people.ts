import { parseArgs } from "node:util";
import { SettingsError } from "#lib/env.ts";
import { ColumnsMissing } from "#lib/people-import/examine-people.ts";
import { importFile, type Wanted } from "./import-people/run.ts";
import { CannotRead } from "./import-people/stream-file.ts";
import { CannotSeed } from "./seed/arguments.ts";
import { openInstallation } from "./seed/open-installation.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

const USAGE = `npm run import-people -- file.csv [--check] [--erased-too]
The file is a CSV with the columns CustomID, BioPassID, modalities (face, and fingers by number: face 2 7) and legal basis (11-I …).
--check tells what would happen and changes nothing. --erased-too imports also people who were erased here and enrolled anew since.`;

const TITLES = {
  customId: "CustomID",
  bioPassId: "BioPassID",
  modalities: "modalities",
  legalBasis: "legal basis",
};

tolerateClosedOutput();
try {
  const wanted = readWanted(process.argv.slice(2));
  const installation = await openInstallation();
  try {
    await importFile(installation, wanted);
  } finally {
    await installation.database.close();
  }
} catch (error) {
  if (error instanceof ColumnsMissing) {
    say(
      `The first line lacks these columns: ${error.columns.map((column) => TITLES[column]).join(", ")}.\n\n${USAGE}`,
    );
  } else if (error instanceof CannotRead || error instanceof CannotSeed || error instanceof SettingsError) {
    say(error.message);
  } else throw error;
  process.exitCode = 1;
}

function readWanted(args: string[]): Wanted {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { check: { type: "boolean" }, "erased-too": { type: "boolean" } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new CannotRead(USAGE);
    return { file, checkOnly: values.check === true, withErased: values["erased-too"] === true };
  } catch (error) {
    if (error instanceof CannotRead) throw error;
    throw new CannotRead(
      `${error instanceof Error ? error.message : "These arguments cannot be used."}\n\n${USAGE}`,
    );
  }
}
