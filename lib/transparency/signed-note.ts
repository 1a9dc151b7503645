import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** Ed25519 in signed notes of C2SP (c2sp.org/signed-note). */
const ALGORITHM = Buffer.of(1);
const KEY_ID_BYTES = 4;
/** What PKCS #8 puts before the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
/** What SubjectPublicKeyInfo puts before the 32 bytes of an Ed25519 public key. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Signs texts under a name; `verifierKey` is all that is needed to check them, and may be given to anyone. */
export type NoteSigner = { name: string; verifierKey: string; sign(text: string): string };

type Verifier = { name: string; keyId: Buffer; key: KeyObject };

const keyIdOf = (name: string, publicKey: Uint8Array): Buffer =>
  createHash("sha256")
    .update(`${name}\n`)
    .update(ALGORITHM)
    .update(publicKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);

/** The signer whose Ed25519 key is made from these 32 bytes. The name may hold neither spaces nor a plus sign. */
export function noteSigner(nameOf: (publicKey: Uint8Array) => string, seed: Uint8Array): NoteSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(SPKI.length);
  const name = nameOf(publicKey);
  const keyId = keyIdOf(name, publicKey);
  const encoded = Buffer.concat([ALGORITHM, publicKey]).toString("base64");
  return {
    name,
    verifierKey: `${name}+${keyId.toString("hex")}+${encoded}`,
    /** The text ends with a newline; the note is the text, an empty line and the signature's line. */
    sign(text) {
      const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), key)]).toString("base64");
      return `${text}\n— ${name} ${signature}\n`;
    },
  };
}

/** Reads a verifier key, `name+key id+key`; null where it is none, or its key id is not that of its name and key. */
export function readVerifierKey(text: string): Verifier | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  if (name === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 33 || bytes[0] !== ALGORITHM[0]) return null;
  const publicKey = bytes.subarray(1);
  const keyId = keyIdOf(name, publicKey);
  if (keyId.toString("hex") !== id) return null;
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
  return { name, keyId, key };
}

/** The text of a note, where this verifier's key signed it; else null. Lines of other signers are passed over. */
export function openNote(note: string, { name, keyId, key }: Verifier): string | null {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2).split("\n")) {
    const [dash, signer, encoded = ""] = line.split(" ");
    if (dash !== "—" || signer !== name) continue;
    const bytes = Buffer.from(encoded, "base64");
    if (!bytes.subarray(0, KEY_ID_BYTES).equals(keyId)) continue;
    if (verify(null, Buffer.from(text), key, bytes.subarray(KEY_ID_BYTES))) return text;
  }
  return null;
}
