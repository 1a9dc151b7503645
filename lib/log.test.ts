import { execFileSync } from "node:child_process";
import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { scrub } from "#lib/log.ts";

const CUSTOM_ID = "sample-person-4711";
const written = (err: unknown) => JSON.stringify(scrub({ err }));

test("a failed query says what it met and where, never the values in it", () =>
  inRolledBackTransaction(async (tx) => {
    const person = { customId: CUSTOM_ID, customIdFolded: CUSTOM_ID, status: "pending", bucket: 1 } as const;
    const insert = () =>
      tx.transaction((inner) =>
        inner
          .insert(people)
          .values({ ...person, id: newId(), legalBasis: "lgpd_11_i_consent", createdAt: new Date() }),
      );
    await insert();
    const error = await insert().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DrizzleQueryError);
    expect(String(error)).toContain(CUSTOM_ID);
    const around = new Error("It went wrong", { cause: error });
    for (const text of [written(error), written(around)]) {
      expect(text).not.toContain(CUSTOM_ID);
      expect(text).toContain("23505");
      expect(text).toContain("people_custom_id_key");
    }
    expect(written(around)).toContain("It went wrong");
  }));

test("an ordinary error keeps its words, its place and its code", () => {
  const error = Object.assign(new TypeError("No such thing"), { code: "E_NONE", apiKey: "secret" });
  const text = written(error);
  expect(text).toContain("No such thing");
  expect(text).toContain("TypeError");
  expect(text).toContain("E_NONE");
  expect(text).toContain("log.test.ts");
  expect(text).not.toContain("secret");
});

test("nobody writes a line of their own into the log with what they send", () => {
  const forged = 'x\n{"level":"info","msg":"signed in"}\r\u2028';
  const program = `import { log } from "#lib/log.ts"; log.warn({ name: ${JSON.stringify(forged)} }, ${JSON.stringify(forged)});`;
  const given = ["--import", "tsx", "--input-type=module", "-e", program];
  const written = execFileSync(process.execPath, given, { env: { ...process.env, LOG_LEVEL: "info" } });
  const lines = String(written).trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", name: forged, msg: forged });
});
