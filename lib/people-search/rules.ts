import { foldCustomId } from "#lib/people/schema.ts";
import type { Exposure, FoundPerson, MatchKind, PeopleFilters } from "#lib/people/types.ts";

/** From this length on a text that is somebody's whole CustomID is taken for what was looked for. */
export const WHOLE_MIN_LENGTH = 8;
/** Four groups of three letters: enough to leave few people, and few enough to be joined at once. */
const PIECE_LENGTH = 6;

/** The pieces of a text by one of which people holding it are looked up, from its end; a short text is its own piece. */
export function piecesOf(folded: string): string[] {
  const letters = Array.from(folded);
  const count = Math.max(1, letters.length - PIECE_LENGTH + 1);
  return Array.from({ length: count }, (_, n) => letters.slice(n, n + PIECE_LENGTH).join("")).reverse();
}

/** How a CustomID that was found met the folded text. */
export function matchOf(customId: string, folded: string): MatchKind {
  const own = foldCustomId(customId);
  if (own === folded) return "exact";
  return own.startsWith(folded) ? "prefix" : "part";
}

const RANK: Record<MatchKind, number> = { exact: 0, prefix: 1, part: 2 };

/** The CustomID exactly as typed before those equal only once folded; a part found early before one found late. */
export const bestFirst =
  (text: string) =>
  (a: FoundPerson, b: FoundPerson): number =>
    RANK[a.match] - RANK[b.match] ||
    Number(b.customId === text) - Number(a.customId === text) ||
    (a.matched?.from ?? 0) - (b.matched?.from ?? 0) ||
    (a.customId < b.customId ? -1 : 1);

/** Whether the filters leave few people by rule, who are found by their own index and then compared with a text. */
export const isRare = (
  { status, enrolled, path }: PeopleFilters,
  { exposurePercent, halted }: Exposure,
): boolean =>
  (status !== null && status !== "enrolled") ||
  enrolled === "nothing" ||
  (path === "legacy" && exposurePercent >= 100 && !halted) ||
  (path === "biometric" && exposurePercent <= 0);
