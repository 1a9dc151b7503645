const SHOWN = 4;

/** The end of a key, by which its owner and the provider tell which one it is; of a short one no more than a quarter. */
export function endOfKey(key: string): string {
  const shown = Math.min(SHOWN, Math.floor(key.length / 4));
  return key.slice(key.length - shown);
}
