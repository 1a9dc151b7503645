import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { systemClock } from "#lib/clock.ts";
import { readStartSettings, SettingsError } from "#lib/env.ts";
import { replayLedger } from "#lib/ledger/replay-ledger.ts";
import type { LedgerTrouble } from "#lib/ledger/types.ts";
import { openRestored } from "./after-restore/open-restored.ts";
import { describeReplay, isLedgerDamaged } from "./after-restore/report.ts";
import { projectDir } from "./supervisor/child.ts";
import { describeInstallation } from "./supervisor/installation.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";
import { loadSecrets } from "./supervisor/secrets.ts";
import { CannotStart } from "./supervisor/state-dir.ts";

/** Done, but lines of the ledger cannot be believed: somebody may have been missed. */
const DAMAGED = 3;

tolerateClosedOutput();
try {
  process.exitCode = await afterRestore();
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof SettingsError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

async function afterRestore(): Promise<number> {
  const settings = readStartSettings();
  const stateDir = resolve(projectDir, settings.dataDir);
  if (!existsSync(join(stateDir, "secrets.json"))) {
    throw new CannotStart(
      `The secrets are missing in ${stateDir}. Put secrets.json back, or name its folder: GATEHOUSE_DATA_DIR=…`,
    );
  }
  const { secrets, timeZone, ...site } = describeInstallation(
    settings,
    loadSecrets(stateDir),
    stateDir,
    false,
  );
  const ledger = { folder: join(stateDir, "ledger"), secret: secrets.ledgerSecret };
  say(
    `Reading the erasure ledger in ${ledger.folder}, with what other machines' ledgers were copied into it.`,
  );
  const restored = await openRestored({ ...site, secrets, timeZone });
  try {
    const troubles: LedgerTrouble[] = [];
    const by = {
      actor: { id: null, role: "system" },
      auditKey: auditKeyOf(secrets.auditSecret),
      timeZone,
    } as const;
    const onTrouble = (trouble: LedgerTrouble) => troubles.push(trouble);
    const world = { database: restored.database, ledger, onTrouble };
    const replay = await replayLedger(world, by, systemClock());
    for (const line of describeReplay(replay, troubles)) say(line);
    return isLedgerDamaged(troubles) ? DAMAGED : 0;
  } finally {
    await restored.close();
  }
}
