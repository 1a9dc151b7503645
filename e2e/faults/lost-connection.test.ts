import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";

let postgres: OwnPostgres;
let database: DatabaseClient;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  database = openDatabase(postgres.url, { connections: 2, applicationName: "gatehouse-faults" });
});
afterAll(async () => {
  await database.close();
  await postgres.remove();
});

/** Kills the session's process, as the system does that runs out of memory; the server ends all others and recovers. */
async function killSession(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
  // The end of the line arrives after the end of the process.
  await delay(300);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const answer = () =>
  database.sql<{ n: number }[]>`select 1 as n`.then(
    ([row]) => row?.n,
    () => null,
  );

test("a transaction that loses its connection between two statements fails, and neither the process nor the pool with it", async () => {
  for (let round = 0; round < 3; round += 1) {
    const lost = database.sql.begin(async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await killSession(row?.pid ?? 0);
      await tx`select 1`;
    });
    await expect(lost).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    // Both connections serve again: none of them is left with half a message of its past.
    const answers = () => Promise.all([answer(), answer(), answer(), answer()]);
    await expect.poll(answers, { timeout: 10_000 }).toEqual([1, 1, 1, 1]);
  }
});

test("a transaction that lost its connection says nothing to who holds that connection next", async () => {
  const single = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-faults" });
  const stray: unknown[] = [];
  const lost = single.sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await database.sql`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`;
    await delay(300);
    // The only connection of this pool is made anew for somebody else, and this transaction speaks on meanwhile and afterwards.
    const next = single.sql`select 'next' as word`;
    stray.push(await tx`create table stray_meanwhile ()`.catch((error) => error.code));
    await expect(next).resolves.toEqual([{ word: "next" }]);
    stray.push(await tx`create table stray_afterwards ()`.catch((error) => error.code));
  });
  await expect(lost).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  await expect.poll(() => stray).toEqual(["CONNECTION_CLOSED", "CONNECTION_CLOSED"]);
  expect(await single.sql`select tablename from pg_tables where tablename like 'stray%'`).toEqual([]);
  await single.close();
});
