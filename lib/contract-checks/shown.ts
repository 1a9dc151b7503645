const LONGEST_ANSWER = 600;
const LONGEST_REQUEST = 400;
/** As long as a text must be to be a picture, a template or a key; ids and messages are shorter or have spaces. */
const SECRET_LIKE = /[A-Za-z0-9+/_-]{40,}={0,2}/g;
const PICTURE_FIELDS = /^(Face-1|Finger-\d+|Image|Artifact|Artifact_A|Artifact_B|Template)$/;
const DATA_URI = /^data:[\w.+/-]*;base64,/;

/** A request's body as it may be shown: whatever holds a picture or a template is "…". */
export function shownRequest(body: unknown): string {
  if (typeof body === "string") return body;
  const text = JSON.stringify(body, (key, value: unknown) =>
    isBiometric(key, value) ? elided(value) : value,
  );
  return cut(text, LONGEST_REQUEST);
}

/** An answer as it may be shown and kept: storable, without templates and pictures, cut. */
export function shownAnswer(body: string, keys: readonly string[], longest = LONGEST_ANSWER): string {
  const withoutKeys = keys.reduce((text, key) => text.replaceAll(key, "…"), body);
  const json = parsed(withoutKeys);
  const text =
    json === undefined
      ? withoutKeys
      : JSON.stringify(json, (key, value: unknown) => (isBiometric(key, value) ? "…" : value));
  return cut(text.replaceAll("\0", "").replace(SECRET_LIKE, "…"), longest);
}

const isBiometric = (key: string, value: unknown): boolean =>
  typeof value === "string" && PICTURE_FIELDS.test(key);

/** What is remarkable about a picture is how it begins, or that it is none. */
function elided(value: unknown): string {
  const text = String(value);
  if (text.length < 40) return text;
  return `${DATA_URI.exec(text)?.[0] ?? ""}…`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without half a pair, of which a cut makes one too: what the database cannot hold would lose the whole row. */
const cut = (text: string, longest: number): string =>
  text.slice(0, longest).replace(/\p{Cs}/gu, "") + (text.length <= longest ? "" : "…");
