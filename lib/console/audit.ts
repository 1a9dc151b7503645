import "server-only";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { consoleSettings } from "./runtime.ts";

/** The key that unwraps the keys of the audit log: to name people in it, and to read what it tells of them. */
export const consoleAuditKey = (): Uint8Array => auditKeyOf(consoleSettings().auditSecret);
