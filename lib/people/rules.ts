import { foldCustomId } from "./schema.ts";

/** Shortest text that is looked for inside CustomIDs: an index of three-letter groups cannot answer a shorter one. */
export const PART_MIN_LENGTH = 3;
const SHOWN_AT_MOST = 4;

/** A CustomID with all but its last four characters hidden; of a short one no more than half is shown. */
export function maskCustomId(customId: string): string {
  const letters = Array.from(customId);
  const shown = Math.min(SHOWN_AT_MOST, Math.floor(letters.length / 2));
  return `••••${letters.slice(letters.length - shown).join("")}`;
}

/**
 * What somebody who sees CustomIDs masked may look for: the whole CustomID, or no more of its end than the mask
 * shows. A longer part would let them guess the hidden characters one by one.
 */
export const isEndOnly = (folded: string): boolean => Array.from(folded).length <= SHOWN_AT_MOST;

/** Where a folded search text lies in a CustomID, as positions in the CustomID itself; null when it does not. */
export function findMatch(customId: string, folded: string): { from: number; to: number } | null {
  if (folded === "") return null;
  let text = "";
  const positions: { from: number; to: number }[] = [];
  let position = 0;
  for (const letter of customId) {
    const part = foldCustomId(letter);
    for (let unit = 0; unit < part.length; unit += 1)
      positions.push({ from: position, to: position + letter.length });
    text += part;
    position += letter.length;
  }
  const start = text.indexOf(folded);
  const first = positions[start];
  const last = positions[start + folded.length - 1];
  return first && last ? { from: first.from, to: last.to } : null;
}
