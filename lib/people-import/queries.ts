import { and, inArray, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { erasedSubjects } from "#db/schema/holds.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { ERASURE_PENDING } from "#lib/requests/rules.ts";
import { ERASING } from "#lib/requests/types.ts";
import type { ImportedPerson, ImportTrouble, LeftOut } from "./types.ts";

/** Who of these can be imported, how many are known already, and who is left out, each with why. */
export async function sortOut(
  db: DatabaseOrTransaction,
  chunk: { people: readonly ImportedPerson[]; withErased: boolean },
  refOf: (customId: string) => string,
): Promise<{ good: ImportedPerson[]; known: number; leftOut: LeftOut[] }> {
  const hindrances = await findHindrances(db, chunk.people, refOf);
  const good: ImportedPerson[] = [];
  const leftOut: LeftOut[] = [];
  let known = 0;
  for (const person of chunk.people) {
    const hindrance = hindrances.get(person.customId);
    if (hindrance === "known") known += 1;
    else if (hindrance === undefined || (hindrance === "erased_before" && chunk.withErased))
      good.push(person);
    else leftOut.push({ line: person.line, trouble: hindrance });
  }
  return { good, known, leftOut };
}

/** What stands in the way of importing each of these people, or that they are there already; nothing for the others. */
async function findHindrances(
  db: DatabaseOrTransaction,
  rows: readonly ImportedPerson[],
  refOf: (customId: string) => string,
): Promise<Map<string, ImportTrouble | "known">> {
  if (rows.length === 0) return new Map();
  const customIds = rows.map(({ customId }) => customId);
  const byRef = new Map(customIds.map((customId) => [refOf(customId), customId]));
  const erased = await db
    .select({ ref: erasedSubjects.ledgerRef })
    .from(erasedSubjects)
    .where(inArray(erasedSubjects.ledgerRef, [...byRef.keys()]));
  const known = await db
    .select({ customId: people.customId, status: people.status })
    .from(people)
    .where(inArray(people.customId, customIds));
  const pending = await db
    .select({ customId: dataRequests.customId })
    .from(dataRequests)
    .where(
      and(
        inArray(dataRequests.customId, customIds),
        inArray(dataRequests.right, [...ERASING]),
        inArray(dataRequests.state, [...ERASURE_PENDING]),
        isNull(dataRequests.closedAt),
      ),
    );
  // What is said last counts: a request under way says more than a block, and that more than an old erasure.
  return new Map<string, ImportTrouble | "known">([
    ...erased.map(({ ref }) => [byRef.get(ref) ?? "", "erased_before"] as const),
    ...known.map(({ customId, status }) => [customId, status === "blocked" ? "blocked" : "known"] as const),
    ...pending.map(({ customId }) => [customId ?? "", "erasure_pending"] as const),
  ]);
}
