/**
 * Takes the token of a link out of the address, where a history or a shared screen would keep it. It is kept for this
 * tab alone, so that a reload or the other language does not lose it; null where there is none.
 */
export function takeLinkToken(keptAs: string): string | null {
  const given = window.location.hash.slice(1);
  if (given === "") return window.sessionStorage.getItem(keptAs);
  window.sessionStorage.setItem(keptAs, given);
  window.history.replaceState(null, "", window.location.pathname);
  return given;
}

/** Sends to the console what the holder of a link asks; null where no answer came that can be used. */
export async function askByLink<Answer>(path: string, body: object): Promise<Answer | null> {
  const headers = { "content-type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) })
    .then((response): Promise<Answer> | null => (response.ok ? response.json() : null))
    .catch(() => null);
}
