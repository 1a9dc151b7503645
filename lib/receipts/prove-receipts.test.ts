import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { requestReceipts } from "#db/schema/requests.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { openLogWorld } from "#lib/audit/testing/log-world.ts";
import { writeEntries } from "#lib/audit/testing/write-entries.ts";
import { proveReceipts } from "./prove-receipts.ts";
import { AT, completeRequest, grantedRequest } from "./testing/complete-request.ts";

const CUSTOM_ID = "u-30977-bruma";
const SCRIPT = join(process.cwd(), "scripts", "verify-receipt.mjs");
const later = (seconds: number) => new Date(AT.getTime() + 86_400_000 * 30 + seconds * 1_000);

let fresh: FreshDatabase;
let world: ReturnType<typeof openLogWorld>;
let key: string;
beforeEach(async () => {
  fresh = await freshDatabase();
  world = openLogWorld();
  key = join(world.folder, "audit-public-key.txt");
});
afterEach(async () => {
  world.close();
  await fresh.drop();
});

const prove = (seconds = 0) => proveReceipts(fresh.db, world.signer.verifierKey, later(seconds));
const files = async () =>
  (await fresh.db.select().from(requestReceipts).orderBy(asc(requestReceipts.madeAt))).map(
    ({ file }) => file,
  );

async function wholeReceipt(): Promise<string> {
  const facts = await grantedRequest(fresh.db, CUSTOM_ID);
  await completeRequest(fresh.db, CUSTOM_ID, facts);
  await writeEntries(fresh.db, 300, AT);
  await world.keep(fresh.db);
  await prove();
  const [file] = await files();
  if (!file) throw new Error("The receipt is not whole.");
  return file;
}

const run = (args: string[]): Promise<{ exitCode: number; text: string }> =>
  new Promise((resolve) => {
    const options = { cwd: world.folder, env: {} as NodeJS.ProcessEnv, maxBuffer: 10_000_000 };
    execFile(process.execPath, args, options, (error, out) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), text: out });
    });
  });

async function verify(content: string | Buffer) {
  const path = join(world.folder, "receipt.json");
  writeFileSync(path, content);
  return run([SCRIPT, path, "--public-key", key]);
}

/** Asks the program about the file with each of its bytes altered in turn, in one process; the places that still pass. */
const RUNNER = `
import { readFileSync, writeFileSync } from "node:fs";
const [script, path, key, bit] = process.argv.slice(2);
const whole = readFileSync(path);
process.stdout.write = () => true;
process.exit = (code) => { throw Object.assign(new Error("ended"), { code }); };
const passed = [];
for (let place = -1; place < whole.length; place++) {
  const altered = Buffer.from(whole);
  if (place >= 0) altered[place] ^= Number(bit);
  writeFileSync(path, altered);
  process.argv = [process.execPath, script, path, "--public-key", key];
  const code = await import("file://" + script + "?" + place).then(() => 0, (error) => error.code);
  if (code === 0) passed.push(place);
  else if (code !== 1) passed.push("place " + place + " ended with " + code);
}
process.stderr.write(JSON.stringify({ passed, tried: whole.length }));
`;

const alterEach = (content: string, bit: number): Promise<{ passed: unknown[]; tried: number }> =>
  new Promise((resolve, reject) => {
    const path = join(world.folder, `receipt-${bit}.json`);
    writeFileSync(path, content);
    const runner = join(world.folder, "runner.mjs");
    writeFileSync(runner, RUNNER);
    const args = [runner, SCRIPT, path, key, String(bit)];
    execFile(process.execPath, args, { maxBuffer: 10_000_000 }, (error, _, told) =>
      error ? reject(error) : resolve(JSON.parse(told)),
    );
  });

test("a receipt is whole once its entry is sealed and signed, and asks for that itself", async () => {
  const words: string[] = [];
  const { unlisten } = await fresh.sql.listen("audit_checkpoint", () => void words.push("wanted"));
  expect(await prove()).toEqual({ proved: 0, waiting: 0, broken: 0 });
  await completeRequest(fresh.db, CUSTOM_ID, await grantedRequest(fresh.db, CUSTOM_ID));
  expect(await prove()).toEqual({ proved: 0, waiting: 1, broken: 0 });
  await world.keep(fresh.db);
  expect(await prove()).toEqual({ proved: 1, waiting: 0, broken: 0 });
  expect(await prove()).toEqual({ proved: 0, waiting: 0, broken: 0 });
  await expect.poll(() => words).toEqual(["wanted"]);
  await unlisten();
});

test("many receipts take one checkpoint", async () => {
  for (let i = 0; i < 40; i++)
    await completeRequest(fresh.db, `person-${i}`, await grantedRequest(fresh.db, `person-${i}`));
  await world.keep(fresh.db);
  expect(await prove()).toEqual({ proved: 40, waiting: 0, broken: 0 });
  expect(await fresh.db.$count(auditCheckpoints)).toBe(1);
  for (const file of (await files()).slice(0, 3)) expect((await verify(file ?? "")).exitCode).toBe(0);
});

test("a receipt whose log was altered never becomes whole", async () => {
  await completeRequest(fresh.db, CUSTOM_ID, await grantedRequest(fresh.db, CUSTOM_ID));
  await world.keep(fresh.db);
  await fresh.sql.unsafe(
    "alter table audit_entries disable trigger user; update audit_entries set actor_role = 'viewer' where action = 'request.complete'",
  );
  expect(await prove()).toEqual({ proved: 0, waiting: 0, broken: 1 });
  expect(await files()).toEqual([null]);
});

test("a receipt names nobody: no CustomID, no recipient, nothing that was typed", async () => {
  const file = await wholeReceipt();
  for (const text of [CUSTOM_ID, "Card printer", "Ana", "obliges"]) expect(file).not.toContain(text);
});

test("a receipt verifies with the public key alone, and with no other", async () => {
  const file = await wholeReceipt();
  const { exitCode, text } = await verify(file);
  expect(text).toMatch(/^VERIFIED: receipt of REQ-2026-0001\./);
  expect(exitCode).toBe(0);
  expect((await verify(`${file}\n`)).exitCode).toBe(1);
  expect((await verify(`\uFEFF${file}`)).exitCode).toBe(1);
  expect((await verify(file.slice(0, -1))).exitCode).toBe(1);
  expect((await verify("")).exitCode).toBe(1);
  expect((await verify("null")).exitCode).toBe(1);
});

test("with any byte changed, each in turn, a receipt does not verify", { timeout: 120_000 }, async () => {
  const file = await wholeReceipt();
  for (const bit of [1, 0x20]) {
    const { passed, tried } = await alterEach(file, bit);
    // -1 is the file as it was made.
    expect(passed).toEqual([-1]);
    expect(tried).toBe(Buffer.byteLength(file));
  }
});
