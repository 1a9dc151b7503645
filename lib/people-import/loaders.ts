import "server-only";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleLedger } from "#lib/console/ledger.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import type { Importer } from "./import-people.ts";

/** Lets in who may import people; the page needs nothing else. */
export async function loadImport(): Promise<void> {
  await requireViewer("people.import");
}

/** What importing needs of this process. */
export const consoleImporter = (actor: Importer["actor"]): Importer => ({
  actor,
  loginKeyOf: (customId) => loginKeyOf(consoleSettings().loginKeySecret, customId),
  ledger: consoleLedger(),
});
