import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { dropDatabase } from "./drop-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that fresh ones are copied from. */
    databaseTemplate: string;
    /** The role the parts sign in as: it owns nothing. */
    databaseParts: { username: string; password: string };
  }
}

/** `url` is the owner's; `partsUrl` that of the role the parts sign in as. */
export type FreshDatabase = DatabaseClient & { url: string; partsUrl: string; drop(): Promise<void> };

/** A migrated, empty database for one test file that commits; `drop` ends whoever is still connected to it. */
export async function freshDatabase(connections = 4): Promise<FreshDatabase> {
  const shared = inject("databaseUrl");
  const name = `fresh_${randomBytes(6).toString("hex")}`;
  await withDatabase(shared, async ({ sql }) => {
    await sql`create database ${sql(name)} template ${sql(inject("databaseTemplate"))}`;
  });
  const url = new URL(shared);
  url.pathname = `/${name}`;
  const client = openDatabase(url.href, { connections, applicationName: "gatehouse-test" });
  const partsUrl = Object.assign(new URL(url), inject("databaseParts")).href;
  const drop = async () => {
    await client.close();
    await withDatabase(shared, ({ sql }) => dropDatabase(sql, name));
  };
  return { ...client, url: url.href, partsUrl, drop };
}

async function withDatabase(url: string, work: (client: DatabaseClient) => Promise<void>): Promise<void> {
  const client = openDatabase(url, { connections: 1, applicationName: "gatehouse-test-setup" });
  try {
    await work(client);
  } finally {
    await client.close();
  }
}
