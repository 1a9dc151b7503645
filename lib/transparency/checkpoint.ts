import { createHash, hkdfSync } from "node:crypto";
import type { Hash } from "./merkle.ts";
import { type NoteSigner, noteSigner, openNote, readVerifierKey } from "./signed-note.ts";

/** A claim about a log: its first `size` entries have this root (c2sp.org/tlog-checkpoint). */
export type Checkpoint = { origin: string; size: number; root: Hash };

const NAME_DIGITS = 16;

/** The log is called after its key: two installations never share a name, and nobody has to invent one. */
const logNameOf = (publicKey: Uint8Array): string =>
  `gatehouse/audit/${createHash("sha256").update(publicKey).digest("hex").slice(0, NAME_DIGITS)}`;

/** The signer of an installation's checkpoints, from its secret. */
export function checkpointSigner(secretHex: string): NoteSigner {
  const seed = hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", "gatehouse audit checkpoints 1", 32);
  return noteSigner(logNameOf, new Uint8Array(seed));
}

/** The checkpoint as a note signed by the log itself, whose name is the origin. */
export const signedCheckpoint = (signer: NoteSigner, { size, root }: Omit<Checkpoint, "origin">): string =>
  signer.sign(`${signer.name}\n${size}\n${Buffer.from(root).toString("base64")}\n`);

const TEXT = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/;
const NOTES = /[^\n]+\n\d+\n[A-Za-z0-9+/=]+\n\n(?:— [^\n]+\n)+/g;

/** What the text of a note claims; null where it is no checkpoint. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [, origin, size, root] = TEXT.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined) return null;
  return { origin, size: Number(size), root: new Uint8Array(Buffer.from(root, "base64")) };
}

/** The checkpoint in a note; null unless the log of this verifier key itself signed it. */
export function openCheckpoint(note: string, verifierKey: string): Checkpoint | null {
  const verifier = readVerifierKey(verifierKey);
  const text = verifier === null ? null : openNote(note, verifier);
  const checkpoint = text === null ? null : readCheckpoint(text);
  return checkpoint?.origin === verifier?.name ? checkpoint : null;
}

/** Every note of a checkpoint in a text, whatever stands between them. */
export const findNotes = (text: string): string[] => text.match(NOTES) ?? [];
