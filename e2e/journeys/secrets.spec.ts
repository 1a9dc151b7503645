import { readdir, readFile } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { everyCustomId } from "#e2e/fixtures/people.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { apiKey, databaseUrls, sampleApplicationKey, stateDir } = readJourneySettings();
const LONG_BASE64 = /[A-Za-z0-9+/]{200,}={0,2}/;
/** Bytes as PostgreSQL writes them: sealed details and signatures are short, no picture is under a kilobyte. */
const SHORT_BYTES = /\\x(?:[0-9a-f]{2}){0,1000}(?![0-9a-f])/g;
/** Templates are the local API's own; PostgreSQL's files are searched row by row instead. */
const NOT_OURS = ["sandbox", "postgres"];
/** The two files that exist to hold a key, for the owner's eyes only. */
const KEY_FILES = ["secrets.json", "sample-application.key"];

type Place = { name: string; text: string };

async function filesUnder(folder: string, isLeftOut: (path: string) => boolean): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isLeftOut(path));
  return Promise.all(paths.map(async (name) => ({ name, text: await readFile(name, "latin1") })));
}

const stateFiles = () =>
  filesUnder(
    stateDir,
    (path) =>
      NOT_OURS.some((folder) => path.startsWith(join(stateDir, folder) + sep)) ||
      KEY_FILES.includes(basename(path)),
  );

async function rowsOf(databaseUrl: string): Promise<Place[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`;
    const places: Place[] = [];
    for (const { name } of tables) {
      const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`;
      const text = rows.map(({ row }) => row.replaceAll(SHORT_BYTES, "")).join("\n");
      places.push({ name: `table ${name}`, text });
    }
    return places;
  } finally {
    await sql.end();
  }
}

/** The names of the places that hold something they must not hold. */
const leaksIn = (places: readonly Place[]): string[] =>
  places
    .filter(
      ({ text }) => text.includes(apiKey) || text.includes(sampleApplicationKey) || LONG_BASE64.test(text),
    )
    .map(({ name }) => name);

test("no key and no picture is left in logs, journals or any other file", async () => {
  const places = await stateFiles();
  expect(places.map(({ name }) => basename(name))).toContain("gateway.log");
  expect(leaksIn(places)).toEqual([]);
});

test("no log names anybody: the CustomIDs of all journeys are in none of them", async () => {
  const customIds = await everyCustomId();
  expect(customIds.length, "the journeys before this one enrolled people").toBeGreaterThan(5);
  const logs = (await stateFiles()).filter(({ name }) => name.endsWith(".log"));
  const naming = logs.filter(({ text }) => customIds.some((customId) => text.includes(customId)));
  expect(naming.map(({ name }) => basename(name))).toEqual([]);
});

test("no key and no picture is left in a database row", async () => {
  const places = (await Promise.all(databaseUrls.map(rowsOf))).flat();
  const verifications = places.find(({ name }) => name === "table verifications");
  expect(verifications?.text, "the journeys before this one verified somebody").toContain("matched");
  expect(leaksIn(places)).toEqual([]);
});

test("no key and no picture is in what the console serves to browsers", async () => {
  const bundle = await filesUnder(".next/static", (path) => !/\.(js|css|json)$/.test(path));
  expect(bundle.length).toBeGreaterThan(10);
  expect(leaksIn(bundle)).toEqual([]);
});
