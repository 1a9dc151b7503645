import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { openDatabase } from "./client.ts";
import { testDatabase } from "./testing/in-rolled-back-transaction.ts";

it("arrays of every type in use come back as they were sent", async () => {
  const { sql } = testDatabase();
  const ids = ["0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"];
  const texts = ['a "quoted", one', "back\\slash", "{braces}", "", "NULL", "two\nlines"];
  const [row] =
    await sql`select ${ids}::uuid[] as ids, ${texts}::text[] as texts, ${[1, -2]}::smallint[] as small,
    ${[70_000]}::integer[] as whole, ${[1.5]}::float8[] as real, array[true, false] as flags,
    ${[]}::smallint[] as empty, array[1, null] as gaps`;
  expect(row).toEqual({
    ids,
    texts,
    small: [1, -2],
    whole: [70_000],
    real: [1.5],
    flags: [true, false],
    empty: [],
    gaps: [1, null],
  });
});

it("a connection that breaks right after it was made is an error of the query alone", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", note);
  // Says yes to whoever comes, and hangs up at the first question.
  const server = createServer((socket: Socket) => {
    socket.once("data", () => {
      const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
      socket.write(Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), ready]));
      socket.once("data", () => socket.destroy());
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { sql } = openDatabase(`postgres://sample@127.0.0.1:${port}/sample`, {
    applicationName: "test",
  });
  await expect(sql`select 1`).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
  await sql.end({ timeout: 0 });
  server.close();
});
