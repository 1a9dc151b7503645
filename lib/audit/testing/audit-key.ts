import { auditKeyOf } from "#lib/audit/seal-bytes.ts";

/** The key of the log in tests: all of them, since they may meet in one database. */
export const AUDIT_KEY = auditKeyOf("ab".repeat(32));
