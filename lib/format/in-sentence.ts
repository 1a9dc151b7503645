/** A term as it stands inside a sentence: its first letter small, unless it begins with an abbreviation such as API. */
export function inSentence(term: string): string {
  const [first = "", second = ""] = term;
  const isAbbreviation = second !== second.toLowerCase();
  return isAbbreviation ? term : first.toLowerCase() + term.slice(first.length);
}
