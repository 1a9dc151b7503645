import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Sql } from "postgres";
import { LEDGER_FILE } from "./open-ledger.ts";
import { ledgerRefOf, lineKeyOf, openLine } from "./rules.ts";
import type { LedgerFact, LedgerTrouble, Replay, Standing } from "./types.ts";

/**
 * Every fact of every ledger file in the folder and the folders below it, in no order between files: the times in the
 * facts count. What cannot be believed is handed to `onTrouble` and not left out in silence. One line is held at a time.
 */
export async function* readLedger(
  folder: string,
  secret: string,
  onTrouble: (trouble: LedgerTrouble) => void,
): AsyncGenerator<LedgerFact> {
  const key = lineKeyOf(secret);
  const names = await readdir(folder, { recursive: true }).catch(emptyWhereNone);
  for (const name of names.filter((one) => LEDGER_FILE.test(basename(one))).sort()) {
    yield* readFile(join(folder, name), key, ({ kind, line }) => onTrouble({ kind, line, file: name }));
  }
}

type Doubt = (trouble: Pick<LedgerTrouble, "kind" | "line">) => void;

async function* readFile(path: string, key: Uint8Array, doubt: Doubt): AsyncGenerator<LedgerFact> {
  let line = 0;
  let last = 0;
  for await (const { text, isWhole } of linesOf(path)) {
    line += 1;
    const opened = openLine(key, text);
    if (opened === null) {
      doubt({ kind: isWhole ? "unreadable" : "torn", line });
      // It stood in some place, which is then not missing.
      if (isWhole) last += 1;
      continue;
    }
    if (opened.place.n > last + 1) doubt({ kind: "missing", line });
    last = Math.max(last, opened.place.n);
    yield opened.fact;
  }
}

async function* linesOf(path: string): AsyncGenerator<{ text: string; isWhole: boolean }> {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) yield { text, isWhole: true };
  }
  if (rest !== "") yield { text: rest, isWhole: false };
}

function emptyWhereNone(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

/** People looked at together. */
const AT_ONCE = 5_000;

/**
 * Everybody the database names and the ledger knows as erased, in chunks, people first; the ledger must have been laid
 * beside it on this connection. Nobody comes twice, unless by a list as well as by a hold.
 */
export async function* listStandings(sql: Sql, secret: string): AsyncGenerator<Standing[]> {
  for (const nextNames of NAMED_IN) {
    let last: string | null = null;
    for (;;) {
      const names: Named[] = await nextNames(sql, last);
      yield await findStandings(sql, secret, names);
      if (names.length < AT_ONCE) break;
      last = names.at(-1)?.place ?? null;
    }
  }
}

type Named = { place: string; customId: string };

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Wherever a CustomID stands. Outside `people` in the order of CustomIDs: what is opened for one meanwhile is behind us. */
const NAMED_IN: readonly ((sql: Sql, last: string | null) => Promise<Named[]>)[] = [
  (sql, last) => sql<Named[]>`
    select id as place, custom_id as "customId" from people
    where id > ${last ?? FIRST_ID} order by id limit ${AT_ONCE}`,
  (sql, last) => sql<Named[]>`
    select custom_id as place, custom_id as "customId" from data_requests named
    where custom_id > ${last ?? ""}
      and not exists (select from people where people.custom_id = named.custom_id)
    group by custom_id order by custom_id limit ${AT_ONCE}`,
  ...["legal_holds", "request_batch_rows", "early_adopters"].map(
    (table) => (sql: Sql, last: string | null) =>
      sql<Named[]>`
    select custom_id as place, custom_id as "customId" from ${sql(table)} named
    where custom_id > ${last ?? ""}
      and not exists (select from people where people.custom_id = named.custom_id)
      and not exists (select from data_requests where data_requests.custom_id = named.custom_id)
    group by custom_id order by custom_id limit ${AT_ONCE}`,
  ),
];

async function findStandings(sql: Sql, secret: string, names: readonly Named[]): Promise<Standing[]> {
  const byRef = new Map(names.map(({ customId }) => [ledgerRefOf(secret, customId), customId]));
  // Times are text here: drizzle reads them itself and has told the driver not to.
  const rows = await sql<{ ref: string; requestId: string; protocol: string; enrolledAt: string | null }[]>`
    select ref, request_id as "requestId", protocol,
      case when enrolled_at > erased_at then enrolled_at end as "enrolledAt"
    from ledger_standing where ref = any(${[...byRef.keys()]}::text[]) and erased_at is not null`;
  return rows.map(({ ref, enrolledAt, ...standing }) => ({
    ...standing,
    customId: byRef.get(ref) ?? "",
    enrolledAt: enrolledAt === null ? null : new Date(enrolledAt),
  }));
}

/** How many the ledger shows as erased for good, and as enrolled anew since. */
export async function countStandings(sql: Sql): Promise<Pick<Replay, "erasedInLedger" | "enrolledInLedger">> {
  const [counted] = await sql<Pick<Replay, "erasedInLedger" | "enrolledInLedger">[]>`
    select count(*) filter (where erased_at >= coalesce(enrolled_at, '-infinity'))::int as "erasedInLedger",
      count(*) filter (where enrolled_at > erased_at)::int as "enrolledInLedger"
    from ledger_standing`;
  return counted ?? { erasedInLedger: 0, enrolledInLedger: 0 };
}
