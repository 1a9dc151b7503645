import { hasControls, isWorkbook } from "./rules.ts";
import { TableUnreadable } from "./table-unreadable.ts";

/** Longest line that is held until it ends. */
const LONGEST_LINE_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The text of a table file that comes in pieces, in the encodings that spreadsheets write: UTF-8, UTF-16 or Latin-1, with
 * or without byte order mark. Only whole lines are decoded, so that no letter is cut in two. Throws TableUnreadable.
 */
export async function* decodeTable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decode: ((whole: Uint8Array) => string) | null = null;
  let held: Uint8Array = new Uint8Array();
  for await (const piece of bytes) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    if (decode === null && held.length < 4) continue;
    decode ??= decoderFor(held);
    const end = lastLineEnd(held);
    if (end === 0 && held.length > LONGEST_LINE_BYTES) throw new TableUnreadable("broken", null);
    if (end > 0) yield textual(decode(held.subarray(0, end)));
    held = held.subarray(end);
  }
  decode ??= decoderFor(held);
  if (held.length > 0) yield textual(decode(held));
}

/** Behind the last line end; in UTF-16 its second byte may still be on its way, and the decoder waits for that. */
const lastLineEnd = (bytes: Uint8Array): number =>
  bytes.lastIndexOf(LINE_FEED) + 1 || bytes.lastIndexOf(CARRIAGE_RETURN) + 1;

function decoderFor(start: Uint8Array): (whole: Uint8Array) => string {
  if (isWorkbook(start)) throw new TableUnreadable("workbook", null);
  if (start[0] === 0xff && start[1] === 0xfe) {
    const decoder = new TextDecoder("utf-16le");
    return (whole) => decoder.decode(whole, { stream: true });
  }
  return utf8OrLatin1();
}

/**
 * UTF-8 until a byte that is none. Latin-1 is what is left then, unless letters beyond ASCII were read as UTF-8 before: a
 * CustomID must not become another one.
 */
function utf8OrLatin1(): (whole: Uint8Array) => string {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const latin1 = new TextDecoder("windows-1252");
  let known: "utf-8" | "latin-1" | null = null;
  let isStart = true;
  return (whole) => {
    if (known === "latin-1") return latin1.decode(whole);
    try {
      const text = utf8.decode(whole);
      if (text.length < whole.length) known = "utf-8";
      const hasMark = isStart && text.startsWith(BYTE_ORDER_MARK);
      isStart = false;
      return hasMark ? text.slice(1) : text;
    } catch {
      if (known === "utf-8") throw new TableUnreadable("mixed_encoding", null);
      known = "latin-1";
      return latin1.decode(whole);
    }
  };
}

function textual(text: string): string {
  if (hasControls(text)) throw new TableUnreadable("not_text", null);
  return text;
}
