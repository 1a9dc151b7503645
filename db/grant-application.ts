import type { TransactionSql } from "postgres";
import { openDatabase } from "./client.ts";
import { QUEUE_SCHEMA } from "./queue.ts";

/**
 * What the parts may do with each table of the audit log. Only keys that were destroyed and places that were given go
 * away, and only the rows about verifying change: nothing that was written into the log ever does.
 */
const LOG_RIGHTS: Readonly<Record<string, string>> = {
  audit_entries: "select, insert",
  audit_epochs: "select, insert",
  audit_subject_keys: "select, insert, delete",
  audit_sealed_details: "select, insert",
  audit_unsealed: "select, insert, delete",
  audit_leaves: "select, insert",
  audit_nodes: "select, insert",
  audit_checkpoints: "select, insert",
  audit_checkpoint_copies: "select, insert",
  audit_verifications: "select, insert, update",
};

/** They make and drop the partitions of events with their owner's rights. */
const FUNCTIONS =
  "make_event_partitions(date, date), drop_event_partitions(date), rollup_cell(text), rollup_tiles(timestamptz, timestamptz)";

/** The role a database address signs in as. */
export const roleOf = (databaseUrl: string): string => decodeURIComponent(new URL(databaseUrl).username);

/**
 * Gives the role of the parts what it needs of the tables and no more: it reads and writes, of the audit log it reads
 * and adds, and it owns nothing. To be called by the owner after every migration; safe to repeat. Throws what
 * PostgreSQL throws, also where there is no such role.
 */
export async function grantApplication(ownerUrl: string, role: string): Promise<void> {
  const client = openDatabase(ownerUrl, { connections: 1, applicationName: "gatehouse-grant" });
  try {
    await client.sql.begin((tx) => grantAll(tx, `"${role.replaceAll('"', '""')}"`));
  } finally {
    await client.close();
  }
}

async function grantAll(tx: TransactionSql, role: string): Promise<void> {
  // Two starts at once would meet in the catalogue.
  await tx`select pg_advisory_xact_lock(hashtext('gatehouse-grant'))`;
  const [current] = await tx<{ name: string }[]>`select current_database() as name`;
  const statements = [
    // A file of any length is laid beside the tables in one of the transaction's own. Where the owner of the tables does not
    // own the database this gives nothing, and PostgreSQL's own default does.
    `grant temporary on database "${current?.name.replaceAll('"', '""')}" to ${role}`,
    `grant usage on schema public to ${role}`,
    `grant select, insert, update, delete on all tables in schema public to ${role}`,
    `grant usage, select on all sequences in schema public to ${role}`,
    `grant execute on function ${FUNCTIONS} to ${role}`,
    `grant usage on schema ${QUEUE_SCHEMA} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${role}`,
    ...Object.entries(LOG_RIGHTS).flatMap(([table, rights]) => [
      `revoke all on ${table} from ${role}`,
      `grant ${rights} on ${table} to ${role}`,
    ]),
  ];
  for (const statement of statements) await tx.unsafe(statement);
}
