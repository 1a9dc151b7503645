import type { ErasureLedger } from "#lib/ledger/types.ts";
import type { Log } from "#lib/log.ts";
import type { LoginDesk } from "#lib/logins/types.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { Recorder } from "#lib/recording/types.ts";
import type { Flags } from "#lib/unleash/types.ts";
import type { GatewayControl } from "./control.ts";
import type { GatewayKeys } from "./derive-keys.ts";
import type { KeyUses } from "./key-uses.ts";
import type { GatewayLedger } from "./ledger.ts";

/** What the routes work with; a login desk and more. */
export type GatewayParts = LoginDesk & {
  ledger: GatewayLedger;
  /** Outside the database: who enrols after having been erased. */
  erasureLedger: ErasureLedger;
  /** Unwraps the keys by which the audit log names people. */
  auditKey: Uint8Array;
  /** Days of deadlines are days of this zone. */
  timeZone: string;
  control: GatewayControl;
  keyUses: KeyUses;
  flags: Flags;
  api: Multibiometrics;
  recorder: Recorder;
  keys: GatewayKeys;
  log: Log;
};
