let handed = "";

/**
 * Hands a text on to the search of the room People. It stays in this page's memory: a CustomID must not travel in a URL
 * or lie in the browser's storage.
 */
export function handText(text: string): void {
  handed = text;
}

/** The text that was handed on, once. */
export function takeHandedText(): string {
  const text = handed;
  handed = "";
  return text;
}
