import postgres from "postgres";
import { SUPERUSER } from "./cluster.ts";

export type DatabaseWanted = { readonly name: string; readonly password: string };

export function localDatabaseUrl(port: number, role: string, password: string, database: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Makes each database with an owner of the same name, and brings the owner's password up to date. */
export async function ensureDatabases(
  port: number,
  superuserPassword: string,
  wanted: readonly DatabaseWanted[],
): Promise<void> {
  const url = localDatabaseUrl(port, SUPERUSER, superuserPassword, "postgres");
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (const { name, password } of wanted) {
      const [role] = await sql`select 1 from pg_roles where rolname = ${name}`;
      if (!role) await sql`create role ${sql(name)} login`;
      // The server takes no parameter here; the password is ours and hexadecimal.
      await sql.unsafe(`alter role "${name}" password '${password.replaceAll("'", "''")}'`);
      const [database] = await sql`select 1 from pg_database where datname = ${name}`;
      if (!database) await sql`create database ${sql(name)} owner ${sql(name)}`;
      await sql`revoke all on database ${sql(name)} from public`;
    }
  } finally {
    await sql.end();
  }
}
