import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { foldCustomId } from "#lib/people/schema.ts";
import type { OwnPostgres } from "./own-postgres.ts";

/** What a text is looked for as: itself, folded as for search, and both in hexadecimal, Base64 and UTF-16. */
export function formsOf(text: string): Map<string, Buffer> {
  const forms = new Map<string, Buffer>();
  for (const [name, one] of [
    ["plain", text],
    ["folded", foldCustomId(text)],
    ["lower", text.toLowerCase()],
    ["as JSON", JSON.stringify(text).slice(1, -1)],
    ["in a URL", encodeURIComponent(text)],
  ] as const) {
    const bytes = Buffer.from(one);
    forms.set(name, bytes);
    forms.set(`${name}, hexadecimal`, Buffer.from(bytes.toString("hex")));
    forms.set(`${name}, UTF-16`, Buffer.from(one, "utf16le"));
    for (const lead of [0, 1, 2]) {
      // Which letters it becomes depends on how many bytes stand before it; those it shares with its neighbours go.
      const base64 = Buffer.concat([Buffer.alloc(lead), bytes])
        .toString("base64")
        .replace(/=+$/, "");
      const own = base64.slice(lead === 0 ? 0 : lead + 1, -1);
      forms.set(`${name}, Base64 after ${lead}`, Buffer.from(own));
    }
  }
  return forms;
}

type Cluster = Pick<OwnPostgres, "superuserUrl" | "copyFile">;
export type Sought = ReadonlyMap<string, Map<string, Buffer>>;

/** What is found of each sought text in these bytes, as `CustomID, hexadecimal`. */
export function tracesIn(bytes: Buffer, sought: Sought): string[] {
  return [...sought].flatMap(([what, forms]) =>
    [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => `${what} ${name}`),
  );
}

/** Looks through every file below these folders; what is gone when it is opened was on its way out. */
export function tracesInFiles(folders: readonly string[], sought: Sought) {
  const traces: string[] = [];
  let files = 0;
  let bytes = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path);
      files += 1;
      bytes += content.length;
      traces.push(...tracesIn(content, sought).map((found) => `${found} in ${path}`));
    }
  }
  return { traces, files, bytes };
}

/**
 * Looks through every table of every database of the cluster, PostgreSQL's own ones among them, by COPY into a file that
 * the server can write and we can read.
 */
export async function tracesInTables({ superuserUrl: urlOf, copyFile }: Cluster, sought: Sought) {
  const names = await withDatabase(
    urlOf("postgres"),
    (sql) => sql<{ datname: string }[]>`select datname from pg_database where datallowconn`,
  );
  const traces: string[] = [];
  let tables = 0;
  for (const { datname } of names) {
    await withDatabase(urlOf(datname), async (sql) => {
      const found = await sql<{ name: string }[]>`
        select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'm') order by 1`;
      for (const { name } of found) {
        tables += 1;
        await sql.unsafe(`copy (select * from ${name}) to '${copyFile}'`);
        const here = tracesIn(readFileSync(copyFile), sought);
        traces.push(...here.map((trace) => `${trace} in ${datname}.${name}`));
      }
    });
  }
  rmSync(copyFile, { force: true });
  return { traces, tables, databases: names.length };
}

/**
 * What an operator does so that nothing of what was deleted is left in PostgreSQL's files: all tables are written anew,
 * and the log of before is taken away instead of kept for use again.
 */
export async function rewriteFiles({ superuserUrl: urlOf }: Cluster): Promise<void> {
  await withDatabase(urlOf("postgres"), async (sql) => {
    await sql`alter system set wal_recycle = off`;
    await sql`select pg_reload_conf()`;
    for (const { datname } of await sql<{ datname: string }[]>`
      select datname from pg_database where datallowconn`) {
      await withDatabase(urlOf(datname), (own) => own`vacuum full`);
    }
    for (let round = 0; round < 2; round += 1) {
      await sql`select pg_switch_wal()`;
      await sql`checkpoint`;
    }
  });
}

async function withDatabase<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
