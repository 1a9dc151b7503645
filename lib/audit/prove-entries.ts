import { desc, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditLeaves } from "#db/schema/audit.ts";
import {
  consistencyRanges,
  fullPartsOf,
  type Hash,
  inclusionRanges,
  joinParts,
  type Range,
  rootOf,
} from "#lib/transparency/merkle.ts";

/** Leaves under one stored node, and nodes under the one above it. */
export const RUN = 256;
const RUN_BITS = 8;

/** A hash the tree should hold is not there. */
export class TreeIncomplete extends Error {
  override readonly name = "TreeIncomplete";
}

/** How many entries have their place in the log. */
export async function getTreeSize(db: DatabaseOrTransaction): Promise<number> {
  const [last] = await db
    .select({ sequence: auditLeaves.sequence })
    .from(auditLeaves)
    .orderBy(desc(auditLeaves.sequence))
    .limit(1);
  return last === undefined ? 0 : last.sequence + 1;
}

/** The root over the first `size` entries. Throws TreeIncomplete. */
export async function getRoot(db: DatabaseOrTransaction, size: number): Promise<Hash> {
  const [root] = await rootsOf(db, [{ from: 0, to: size }]);
  return root as Hash;
}

/** The proof that entry `sequence` is in the tree of `size`. Throws TreeIncomplete. */
export const proveInclusion = (db: DatabaseOrTransaction, sequence: number, size: number): Promise<Hash[]> =>
  rootsOf(db, inclusionRanges(sequence, size));

/** The proof that the tree of `size` begins with the tree of `earlier`. Throws TreeIncomplete. */
export const proveContinuation = (
  db: DatabaseOrTransaction,
  earlier: number,
  size: number,
): Promise<Hash[]> => rootsOf(db, consistencyRanges(earlier, size));

/** Stored hashes of one level, from an index to before another; level 0 are the leaves. */
export type Span = Range & { level: number };

/** Where the hashes under a full part are stored: as high up as a stored node still fits into it. */
function spanOf({ from, to }: Range): Span {
  const level = Math.floor(Math.log2(to - from) / RUN_BITS);
  const width = RUN ** level;
  return { level, from: from / width, to: to / width };
}

async function rootsOf(db: DatabaseOrTransaction, ranges: readonly Range[]): Promise<Hash[]> {
  const parts = ranges.map(fullPartsOf);
  const stored = await readSpans(db, parts.flat().map(spanOf));
  let place = 0;
  return parts.map((own) => joinParts(own.map(() => rootOf(stored[place++] ?? []))));
}

/** The stored hashes of each span, in one question. */
export async function readSpans(db: DatabaseOrTransaction, spans: readonly Span[]): Promise<Hash[][]> {
  if (spans.length === 0) return [];
  const list = (of: (span: Span) => number) => `{${spans.map(of).join(",")}}`;
  const rows = await db.execute<{ place: number; hash: Hash }>(sql`
    select s.place::integer as place, h.hash
    from unnest(${list(({ level }) => level)}::smallint[], ${list(({ from }) => from)}::bigint[],
      ${list(({ to }) => to)}::bigint[]) with ordinality as s (level, first, past, place)
    cross join lateral (
      select sequence as at, leaf as hash from audit_leaves
      where s.level = 0 and sequence >= s.first and sequence < s.past
      union all
      select index, hash from audit_nodes
      where s.level > 0 and level = s.level and index >= s.first and index < s.past
    ) as h
    order by s.place, h.at`);
  const stored = spans.map((): Hash[] => []);
  for (const { place, hash } of rows) stored[place - 1]?.push(hash);
  spans.forEach(({ level, from, to }, place) => {
    if (stored[place]?.length === to - from) return;
    throw new TreeIncomplete(`The log lacks hashes of level ${level} between ${from} and ${to}.`);
  });
  return stored;
}
