import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { type ExecutionQueue, openExecutionQueue } from "./queue.ts";
import { type FreshDatabase, freshDatabase } from "./testing/fresh-database.ts";

/** Nothing here is judged by how long it takes, on however busy a machine. */
const EVENTUALLY = { timeout: 15_000 };

let database: FreshDatabase;
const queues: ExecutionQueue[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.close()));
  await database.sql`delete from pgboss.job`;
});
afterAll(() => database.drop());

/** As a worker: it signs in as the role that owns nothing. */
async function worker(take: (requestId: string) => Promise<void>) {
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown) => void troubles.push(error);
  const queue = openExecutionQueue(database.partsUrl, { take, atOnce: 3, onTrouble });
  queues.push(queue);
  await queue.open();
  return { queue, troubles };
}

test("on two workers one request has one turn at a time, however often it is asked for, and every one gets its turn", async () => {
  const ids = Array.from({ length: 12 }, () => newId());
  const running = new Set<string>();
  const taken: string[] = [];
  const take = async (id: string) => {
    expect(running.has(id)).toBe(false);
    running.add(id);
    await delay(60);
    running.delete(id);
    taken.push(id);
  };
  const [one, other] = await Promise.all([worker(take), worker(take)]);
  for (const { queue } of [one, other, one]) await Promise.all(ids.map((id) => queue.send(id)));
  await expect.poll(() => new Set(taken).size, EVENTUALLY).toBe(ids.length);
  await expect.poll(() => one.queue.size(), EVENTUALLY).toBe(0);
  expect([...one.troubles, ...other.troubles]).toEqual([]);
}, 60_000);

test("a turn whose worker ended holds up no other request, and is taken again once its lease is over", async () => {
  const stuck = newId();
  await database.sql`insert into pgboss.job (id, name, singleton_key, state, started_on, expire_in, retry_limit, policy)
    values (${stuck}, 'execute-request', ${stuck}, 'active', now(), interval '1 hour', 1000000, 'stately')`;
  const taken: string[] = [];
  const { queue, troubles } = await worker(async (id) => void taken.push(id));
  const others = [newId(), newId()];
  for (const id of [stuck, ...others]) await queue.send(id);
  await expect.poll(() => [...taken].sort(), EVENTUALLY).toEqual([...others].sort());
  await database.sql`update pgboss.job set started_on = now() - interval '2 hours' where id = ${stuck}`;
  await expect.poll(() => taken.includes(stuck), EVENTUALLY).toBe(true);
  expect(troubles).toEqual([]);
}, 60_000);

test("a turn that fails, and a database that is cut off under it, end neither the process nor the queue", async () => {
  const taken: string[] = [];
  const { queue, troubles } = await worker(async (id) => {
    taken.push(id);
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'gatehouse-queue' and datname = current_database()`;
    throw new Error("this turn failed");
  });
  const [first, next] = [newId(), newId()];
  await queue.send(first);
  await expect.poll(() => taken, EVENTUALLY).toContain(first);
  const hasAsked = () =>
    queue.send(next).then(
      () => true,
      () => false,
    );
  await expect.poll(hasAsked, EVENTUALLY).toBe(true);
  await expect.poll(() => taken, EVENTUALLY).toContain(next);
  expect(troubles.length).toBeGreaterThan(0);
}, 60_000);
