import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import { createApplicationWithKey } from "../create-application-with-key.ts";
import { rotateApplicationKey } from "../rotate-application-key.ts";

const SYSTEM: Actor = { id: null, role: "system" };

/** An application with its first key. */
export async function makeApplication(db: DatabaseOrTransaction, at: Date, name = "Bruma Web") {
  const made = await createApplicationWithKey(db, { name, channels: ["web"] }, SYSTEM, at);
  if (!made.ok) throw new Error(`No application: ${made.code}`);
  return made;
}

/** A second key, the first one ending in a week. */
export async function makeNextKey(db: DatabaseOrTransaction, applicationId: string, at: Date) {
  const made = await rotateApplicationKey(db, { applicationId, oldEndsInDays: 7 }, SYSTEM, at);
  if (!made.ok) throw new Error(`No key: ${made.code}`);
  return made;
}
