import { rotateEpoch } from "#lib/audit/rotate-epoch.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { systemClock } from "#lib/clock.ts";
import { SettingsError } from "#lib/env.ts";
import { CannotSeed } from "./seed/arguments.ts";
import { openInstallation } from "./seed/open-installation.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

tolerateClosedOutput();
try {
  const { site, database } = await openInstallation();
  try {
    const key = auditKeyOf(site.secrets.auditSecret);
    const { epoch } = await rotateEpoch(database.db, key, { id: null, role: "system" }, systemClock());
    say(
      `From now on the audit log names people under key ${epoch}. Earlier entries keep their names and are still found.`,
    );
  } finally {
    await database.close();
  }
} catch (error) {
  if (!(error instanceof CannotSeed || error instanceof SettingsError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
