/**
 * The CustomIDs of a text that was pasted, in its order and each once: parted by line ends, tabs, commas or semicolons,
 * as spreadsheets and mails part them. A text without such a mark is one CustomID, spaces and all.
 */
export function splitPasted(text: string): string[] {
  const parts = text.split(/[\r\n\t,;]+/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}
