/** What a translation must share with its original: the values it takes and the tags it is marked up with. */
export function partsOf(message: string): string[] {
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...argumentsOf(message), ...tags])].sort();
}

/** The names in `{name}` and `{name, plural, ...}`; the branches of a plural or select are messages again. */
function argumentsOf(message: string): string[] {
  return bracesOf(message).flatMap((inside) => {
    const [name = "", kind] = inside.split(",").map((part) => part.trim());
    if (kind !== "plural" && kind !== "select" && kind !== "selectordinal") return [name];
    return [name, ...bracesOf(inside).flatMap(argumentsOf)];
  });
}

/** The contents of the outermost braces. */
function bracesOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === "{" && depth++ === 0) start = at + 1;
    if (character === "}" && --depth === 0) found.push([...text].slice(start, at).join(""));
  }
  return found;
}
