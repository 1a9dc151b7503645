import { and, not, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { withinBudget } from "#db/within-budget.ts";
import { conditionsOf, listAmongNewest, PEOPLE_SHOWN, personColumns } from "#lib/people/queries.ts";
import { findMatch, isEndOnly, PART_MIN_LENGTH } from "#lib/people/rules.ts";
import { foldCustomId } from "#lib/people/schema.ts";
import type {
  CustomIdSight,
  Exposure,
  FoundPerson,
  PeopleFilters,
  PeopleFound,
  Person,
} from "#lib/people/types.ts";
import { bestFirst, isRare, matchOf, piecesOf, WHOLE_MIN_LENGTH } from "./rules.ts";

/** Longest that one statement of a search may take; what was found by then, or is found among the newest, is shown. */
const MILLISECONDS = 400;
const WALK = { milliseconds: MILLISECONDS, approach: "walk" } as const;
const JOIN = { milliseconds: MILLISECONDS, approach: "join" } as const;
/** A text that so many of the newest people hold needs no index: enough of them are found at once. */
const NEWEST_TRIED = 4_000;
/** By so many of the newest people the rarest piece of a text is told. */
const NEWEST_COMPARED = 1_000;
/** So many stand for everybody where looking through everybody takes too long. */
const NEWEST_SHOWN = 20_000;
/** Sorts after every other character when compared byte by byte, as the indexes do. */
const LAST_CHARACTER = "\u{10FFFF}";

export type PeopleSearch = {
  text: string;
  /** Masked readers find by the whole CustomID or by its last characters only. */
  sight: CustomIdSight;
  filters: PeopleFilters;
  exposure: Exposure;
};

/** What is looked for, folded, and what else applies to whom it finds. */
type Wanted = { folded: string; narrowed: SQL[]; isRare: boolean };
type Looked = { people: Person[]; isAll: boolean };

/**
 * Finds people by CustomID: the exact one first, then those beginning with the text, then those holding it. At most
 * 50, and no count: `hasMore` says that more fit, or that looking through everybody would have taken too long. Then the
 * people found are among those enrolled last, and where none of them fits, the text is told to be too broad.
 */
export async function searchPeople(
  db: DatabaseOrTransaction,
  { text, sight, filters, exposure }: PeopleSearch,
  now: Date,
): Promise<PeopleFound> {
  const folded = foldCustomId(text);
  if (folded === "") return { ok: true, people: [], kind: null, hasMore: false };
  const narrowed = conditionsOf(filters, exposure, now);
  const wanted = { folded, narrowed, isRare: isRare(filters, exposure) };
  const looked = sight === "masked" ? await searchMasked(db, wanted) : await searchWhole(db, wanted);
  if (!looked.isAll && looked.people.length === 0) return { ok: false, code: "too_broad" };
  const found = looked.people
    .slice(0, PEOPLE_SHOWN)
    .map((person) => metBy(person, folded, sight))
    .sort(bestFirst(text));
  const hasMore = !looked.isAll || looked.people.length > PEOPLE_SHOWN;
  return { ok: true, people: found, kind: found[0]?.match ?? null, hasMore };
}

/** A masked reader learns no more of how a CustomID met the text than that it is the whole one or not. */
function metBy(person: Person, folded: string, sight: CustomIdSight): FoundPerson {
  const match = matchOf(person.customId, folded);
  if (sight === "masked") return { ...person, match: match === "exact" ? match : "part", matched: null };
  return { ...person, match, matched: findMatch(person.customId, folded) };
}

async function searchWhole(db: DatabaseOrTransaction, wanted: Wanted): Promise<Looked> {
  const { folded } = wanted;
  const outer = await walk(db, wanted, (tx) => listOuter(tx, wanted));
  if (outer === null) return lookAmongNewest(db, wanted, begins(folded));
  const { people: beginning, isWhole } = outer;
  if (isWhole || beginning.length > PEOPLE_SHOWN || folded.length < PART_MIN_LENGTH)
    return { people: beginning, isAll: true };
  const few = wanted.isRare ? await walk(db, wanted, (tx) => listFewHolding(tx, wanted)) : null;
  const holding = few ?? (await listHolding(db, wanted));
  const rest = holding ?? (await listAmongNewest(db, holdingOf(wanted), NEWEST_SHOWN));
  return { people: [...beginning, ...rest], isAll: holding !== null };
}

/** A walk of one index needs no budget and no transaction where nothing narrows it: it ends at the first fifty. */
const walk = <T>(
  db: DatabaseOrTransaction,
  { narrowed }: Wanted,
  read: (tx: DatabaseOrTransaction) => Promise<T>,
): Promise<T | null> => (narrowed.length === 0 ? read(db) : withinBudget(db, WALK, read));

/**
 * Those beginning with the text. Who typed a whole CustomID of usual length has found whom they look for: of all others
 * only those ending so are worth it, who are found as fast.
 */
async function listOuter(
  tx: DatabaseOrTransaction,
  wanted: Wanted,
): Promise<{ people: Person[]; isWhole: boolean }> {
  const { folded } = wanted;
  const beginning = (await listNewestBeginning(tx, wanted)) ?? (await listBeginning(tx, wanted));
  const isKnown = beginning.some(({ customId }) => foldCustomId(customId) === folded);
  const isWhole = isKnown && folded.length >= WHOLE_MIN_LENGTH;
  return {
    people: isWhole ? [...beginning, ...(await listEnding(tx, wanted, begins(folded)))] : beginning,
    isWhole,
  };
}

async function searchMasked(db: DatabaseOrTransaction, wanted: Wanted): Promise<Looked> {
  const { folded } = wanted;
  const isEnding = isEndOnly(folded) && folded.length >= PART_MIN_LENGTH;
  const found = await walk(db, wanted, async (tx) => {
    const whole = await listThe(tx, wanted);
    return isEnding ? [...whole, ...(await listEnding(tx, wanted, isThe(folded)))] : whole;
  });
  if (found !== null) return { people: found, isAll: true };
  return lookAmongNewest(db, wanted, isEnding ? ends(folded) : isThe(folded));
}

async function lookAmongNewest(
  db: DatabaseOrTransaction,
  { narrowed }: Wanted,
  condition: SQL,
): Promise<Looked> {
  return { people: await listAmongNewest(db, [condition, ...narrowed], NEWEST_SHOWN), isAll: false };
}

// Written as a range in the index's own order: it stays one walk of the index, whatever plan is reused.
const rangeOf = (value: SQL, from: string) =>
  sql`(${value} ~>=~ ${from} and ${value} ~<~ ${from + LAST_CHARACTER})`;
const isThe = (folded: string) =>
  sql`(${people.customIdFolded} ~>=~ ${folded} and ${people.customIdFolded} ~<=~ ${folded})`;
const begins = (folded: string) => rangeOf(sql`${people.customIdFolded}`, folded);
const ends = (folded: string) =>
  rangeOf(sql`reverse(${people.customIdFolded})`, Array.from(folded).reverse().join(""));

/**
 * With filters, fifty of the newest where so many begin so, but never in the place of one whose CustomID it is: in the
 * order of the index those who pass may all be the last of millions.
 */
async function listNewestBeginning(
  tx: DatabaseOrTransaction,
  { folded, narrowed, isRare: leavesFew }: Wanted,
): Promise<Person[] | null> {
  if (narrowed.length === 0 || leavesFew) return null;
  const newest = await listAmongNewest(tx, [begins(folded), ...narrowed], NEWEST_TRIED);
  if (newest.length <= PEOPLE_SHOWN) return null;
  const whole = await listThe(tx, { folded, narrowed });
  const isOther = ({ id }: Person) => whole.every((one) => one.id !== id);
  return [...whole, ...newest.filter(isOther)].slice(0, PEOPLE_SHOWN + 1);
}

/** Those whose CustomID is nothing but the text. */
function listThe(
  tx: DatabaseOrTransaction,
  { folded, narrowed }: Pick<Wanted, "folded" | "narrowed">,
): Promise<Person[]> {
  return tx
    .select(personColumns)
    .from(people)
    .where(and(isThe(folded), ...narrowed))
    .limit(PEOPLE_SHOWN + 1);
}

function listBeginning(tx: DatabaseOrTransaction, { folded, narrowed }: Wanted): Promise<Person[]> {
  return tx
    .select(personColumns)
    .from(people)
    .where(and(begins(folded), ...narrowed))
    .orderBy(sql`${people.customIdFolded} using ~<~`)
    .limit(PEOPLE_SHOWN + 1);
}

/** Those ending with the text, but for those who are listed already. */
function listEnding(
  tx: DatabaseOrTransaction,
  { folded, narrowed }: Wanted,
  isListed: SQL,
): Promise<Person[]> {
  return tx
    .select(personColumns)
    .from(people)
    .where(and(ends(folded), not(isListed), ...narrowed))
    .orderBy(sql`reverse(${people.customIdFolded}) using ~<~`)
    .limit(PEOPLE_SHOWN + 1);
}

/** Elsewhere than at the beginning; told by position, so that no index is tried for it. */
const holdingOf = ({ folded, narrowed }: Wanted): SQL[] => [
  sql`position(${folded} in ${people.customIdFolded}) > 1`,
  ...narrowed,
];

async function listHolding(db: DatabaseOrTransaction, wanted: Wanted): Promise<Person[] | null> {
  const holding = holdingOf(wanted);
  const common = await listAmongNewest(db, holding, NEWEST_TRIED);
  if (common.length > PEOPLE_SHOWN) return common;
  const isCandidate = sql`${people.customIdFolded} like (${rarestPieceOf(wanted.folded)})`;
  return withinBudget(db, JOIN, (tx) => {
    // The limit keeps the filters out: millions may pass one, and its index would be joined for the few candidates.
    const candidates = tx
      .select()
      .from(people)
      .where(isCandidate)
      .limit(Number.MAX_SAFE_INTEGER)
      .as("people");
    return tx
      .select(personColumns)
      .from(candidates)
      .where(and(...holding))
      .limit(PEOPLE_SHOWN + 1);
  });
}

/** The same where the filters' own index leads to few people, who are compared one by one. */
function listFewHolding(tx: DatabaseOrTransaction, wanted: Wanted): Promise<Person[]> {
  return tx
    .select(personColumns)
    .from(people)
    .where(and(...holdingOf(wanted)))
    .limit(PEOPLE_SHOWN + 1);
}

/**
 * The pattern of that piece of the text which the fewest of the newest people hold. The index of three-letter groups
 * joins the lists of all the groups of a pattern: those of a whole long text take it thirty times as long as those of
 * one rare piece, which leaves few people to compare.
 */
function rarestPieceOf(folded: string): SQL {
  const pieces = piecesOf(folded);
  const patterns = pieces.map((piece) => `%${piece.replace(/[\\%_]/g, "\\$&")}%`);
  return sql`with newest as materialized (
      select custom_id_folded as folded from people order by enrolled_at desc nulls last, id limit ${NEWEST_COMPARED}
    )
    select pattern from unnest(${sql.param(pieces)}::text[], ${sql.param(patterns)}::text[]) pieces (piece, pattern)
    order by (select count(*) from newest where position(piece in folded) > 0) limit 1`;
}
