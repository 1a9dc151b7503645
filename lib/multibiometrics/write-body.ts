import { randomUUID } from "node:crypto";
import { isBase64 } from "#lib/base64.ts";

/** Shorter texts are as soon escaped as looked at. */
const LONG = 1024;
/** Nobody can send it: it is made anew in every process. */
const PLACE = randomUUID();

/**
 * A request as the JSON that JSON.stringify would make, in UTF-8. Pictures are nearly all of it, and Base64 needs no
 * escaping: it is copied once, where the text of the whole would be made, read through and encoded.
 */
export function writeBody(body: unknown): Buffer {
  const pictures: string[] = [];
  const frame = JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== "string" || value.length < LONG || !isBase64(value)) return value;
    pictures.push(value);
    return PLACE;
  });
  const parts = frame.split(PLACE);
  const texts = parts.flatMap((part, place) => [part, pictures[place] ?? ""]);
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  let end = 0;
  for (const text of texts) end += bytes.write(text, end);
  return bytes;
}
