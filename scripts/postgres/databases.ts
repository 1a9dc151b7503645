import postgres, { type Sql } from "postgres";
import { SUPERUSER } from "./cluster.ts";

type RoleWanted = { readonly name: string; readonly password: string };

/** A database with the role that owns it and, where the parts are to own nothing, the role they sign in as. */
export type DatabaseWanted = RoleWanted & { readonly application?: RoleWanted };

export function localDatabaseUrl(port: number, role: string, password: string, database: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Makes each database with an owner of the same name and the parts' role, and brings their passwords up to date. */
export async function ensureDatabases(
  port: number,
  superuserPassword: string,
  wanted: readonly DatabaseWanted[],
): Promise<void> {
  const url = localDatabaseUrl(port, SUPERUSER, superuserPassword, "postgres");
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (const { name, password, application } of wanted) {
      await ensureRole(sql, { name, password });
      const [database] = await sql`select 1 from pg_database where datname = ${name}`;
      if (!database) await sql`create database ${sql(name)} owner ${sql(name)}`;
      await sql`revoke all on database ${sql(name)} from public`;
      if (!application) continue;
      await ensureRole(sql, application);
      await sql`grant connect on database ${sql(name)} to ${sql(application.name)}`;
    }
  } finally {
    await sql.end();
  }
}

async function ensureRole(sql: Sql, { name, password }: RoleWanted): Promise<void> {
  const [role] = await sql`select 1 from pg_roles where rolname = ${name}`;
  if (!role) await sql`create role ${sql(name)} login`;
  // The server takes no parameter here; the password is ours and hexadecimal.
  await sql.unsafe(`alter role "${name}" password '${password.replaceAll("'", "''")}'`);
}
