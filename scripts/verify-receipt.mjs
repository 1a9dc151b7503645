// Verifies a receipt with nothing but Node.js: no database, no package, no code of Gatehouse, no network.
//   node verify-receipt.mjs receipt.json --public-key audit-public-key.txt
// Of the PDF of a receipt, which carries the same file inside, that file is verified.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inflateSync } from "node:zlib";

const USAGE = "npm run verify-receipt -- receipt.json-or-pdf --public-key file";
const HASH = /^[0-9a-f]{64}$/;

const say = (text) => process.stdout.write(`${text}\n`);
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hexOf = (bytes) => bytes.toString("hex");
const count = (number) => number.toLocaleString("en");
/** The question could not be asked. */
function stop(text) {
  say(text);
  process.exit(2);
}
/** The question was asked, and the answer is no. */
function refuse(text) {
  say("NOT VERIFIED.");
  say(text);
  process.exit(1);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    return stop(`${path} cannot be read (${error.code}). Give the path of the file.`);
  }
}

/** JSON as RFC 8785 writes it: keys in order, no spaces. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
}

/** A verifier key, `name+id+key`, of a C2SP signed note with Ed25519. */
function readKey(text) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([\w+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(encoded ?? "", "base64");
  const isWhole = name && hexOf(sha256(Buffer.from(`${name}\n`), bytes)).startsWith(id);
  if (!isWhole) stop("The public key file holds no whole key.");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** The receipt inside its PDF: the one embedded file whose name ends in .json. */
function attachedTo(pdf) {
  const text = pdf.toString("latin1");
  const object = /<<[^<>]*\/Type \/EmbeddedFile\b(?:[^<>]|<<[^<>]*>>)*>>\s*stream\r?\n/.exec(text);
  if (object === null) refuse("This PDF carries no receipt. Only the PDF of a receipt does.");
  const length = Number(/\/Length (\d+)/.exec(object[0])?.[1]);
  const start = object.index + object[0].length;
  const bytes = pdf.subarray(start, start + length);
  try {
    return /\/FlateDecode/.test(object[0]) ? inflateSync(bytes) : bytes;
  } catch {
    return refuse("The receipt inside this PDF is damaged.");
  }
}

/** The receipt, where these bytes are exactly its canonical form. */
function parseReceipt(bytes) {
  let receipt;
  try {
    receipt = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    refuse("The file is no receipt, or it was damaged: it cannot be read.");
  }
  if (!Buffer.from(canonical(receipt)).equals(bytes))
    refuse("The file is not written as a receipt is: something was added, moved or changed.");
  const { body, entry, proof, checkpoint } = receipt ?? {};
  const isWhole =
    Object.keys(receipt ?? {}).join() === "body,checkpoint,entry,format,proof,version" &&
    typeof body?.protocol === "string" &&
    Number.isSafeInteger(entry?.sequence) &&
    Array.isArray(proof) &&
    proof.every((hash) => HASH.test(hash)) &&
    typeof checkpoint === "string";
  if (receipt?.format !== "gatehouse-receipt" || receipt?.version !== 1 || !isWhole)
    refuse("This is no receipt that this program reads, or a part of it is missing.");
  return receipt;
}

/** What the checkpoint claims, where it is exactly the note this key signed: a root over so many entries. */
function openCheckpoint(note, { name, id, key }) {
  const [, text, signer, encoded] = /^((?:[^\n]+\n){3})\n— (\S+) ([A-Za-z0-9+/=]+)\n$/.exec(note) ?? [];
  if (text === undefined) return null;
  const [origin, size, root] = text.split("\n");
  const bytes = Buffer.from(encoded, "base64");
  const isOurs =
    signer === name &&
    origin === name &&
    bytes.toString("base64") === encoded &&
    hexOf(bytes.subarray(0, 4)) === id &&
    verify(null, Buffer.from(text), key, bytes.subarray(4));
  return isOurs ? { size: Number(size), root: Buffer.from(root, "base64") } : null;
}

/** The root that a leaf at this place and its neighbours lead to: RFC 9162 section 2.1.3.2; null where they cannot. */
function rootFrom(leaf, index, size, proof) {
  if (index < 0 || index >= size) return null;
  let [fn, sn, hash] = [index, size - 1, leaf];
  const half = (n) => Math.floor(n / 2);
  for (const sibling of proof.map((text) => Buffer.from(text, "hex"))) {
    if (sn === 0) return null;
    const isRight = fn % 2 === 1 || fn === sn;
    hash = isRight ? sha256(Buffer.of(1), sibling, hash) : sha256(Buffer.of(1), hash, sibling);
    if (isRight) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? hash : null;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "public-key": { type: "string" } },
});
if (positionals.length !== 1 || values["public-key"] === undefined) stop(USAGE);
const key = readKey(read(values["public-key"]).toString("utf8"));
const given = read(positionals[0]);
const isPdf = given.subarray(0, 5).toString("latin1") === "%PDF-";
const { body, entry, proof, checkpoint } = parseReceipt(isPdf ? attachedTo(given) : given);

const digest = hexOf(sha256(Buffer.from(canonical(body))));
const isOfBody =
  entry.action === "request.complete" &&
  entry.outcome === "done" &&
  entry.entityId === body.requestId &&
  entry.subjectRef === body.subject?.ref &&
  entry.details?.receiptDigest === digest;
if (!isOfBody) refuse("The receipt is not the one that the audit log knows: its text was changed.");
const { goes, stays } = body.preview ?? {};
if (body.preview?.digest) {
  const kept = stays.map(({ items: _, ...item }) => item);
  const bound = canonical({ right: body.right, goes, stays: kept });
  if (hexOf(sha256(Buffer.from(bound))) !== body.preview.digest)
    refuse("What went and what stays is not the list that was approved.");
}
const signed = openCheckpoint(checkpoint, key);
if (signed === null)
  refuse("The checkpoint is not signed by this key: it is forged or damaged, or of another log.");
const leaf = sha256(Buffer.of(0), Buffer.from(canonical(entry)));
const root = rootFrom(leaf, entry.sequence, signed.size, proof);
if (root === null || !root.equals(signed.root))
  refuse("The entry is not in the log that was signed: it, its place or its proof was changed.");

say(`VERIFIED: receipt of ${body.protocol}${body.round > 1 ? `, round ${body.round}` : ""}.`);
say(`  1. The file is exactly as it was made: ${isPdf ? "the one inside the PDF" : "every byte of it"}.`);
say(
  `  2. It is the receipt that was completed at ${entry.at}: the log's entry carries its SHA-256, ${digest}.`,
);
say(
  `  3. What went and what stays is the list that was approved${body.preview?.digest ? "" : ": none was needed"}.`,
);
say(`  4. The entry is number ${count(entry.sequence)} of the ${count(signed.size)} that were signed.`);
say(`  5. The signature is that of ${key.name}.`);
say(
  "It proves that the company wrote this down then and cannot have changed it since. That the key is the company's is for",
);
say(
  "whoever gave you the key to vouch for. Compare the checkpoint with one kept elsewhere to rule out a second log.",
);
if (isPdf)
  say(
    "The pages of the PDF are a reading of that file: where they matter, compare their digest with the one above.",
  );
