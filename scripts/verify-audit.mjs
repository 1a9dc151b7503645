// Verifies an export of the audit log with nothing but Node.js: no database, no package, no code of Gatehouse.
//   node verify-audit.mjs export.jsonl --public-key audit-public-key.txt [--checkpoint kept-elsewhere.txt]
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const USAGE = "npm run verify-audit -- export-file --public-key file [--checkpoint file-kept-elsewhere]";
/** What can be wrong; # is an entry's place, or a number of entries. */
const WORDS = {
  sequence_gap: "entry # is missing: its place is empty",
  entry_missing: "entry # is gone: only its place is left",
  entry_altered: "entry # is not what was sealed: it was altered",
  detail_missing: "entry # lacks its sealed detail: it was deleted",
  detail_altered: "entry # has another sealed detail than it had",
  detail_unexpected: "entry # has a sealed detail it never had",
  entry_without_place: "entry # was put beside the log and has no place in it",
  checkpoint_not_ours: "the checkpoint over # entries is not signed by this key: it is forged or damaged",
  checkpoint_not_of_this_log: "from entry # on the log is not what a checkpoint signed: it was written anew",
  checkpoint_beyond_log: "# entries are signed and fewer are there: the end was cut off",
  checkpoint_missing: "the checkpoint over # entries kept elsewhere is not in the export: it was removed",
  entries_unsigned: "from entry # on nothing is signed: checkpoints were removed",
  export_cut_off: "the export should hold # entries and ends before: the file is not whole",
};
/** How many of them are about one entry. */
const ENTRY_CODES = 6;
/** No more entries are ever written without a checkpoint over them. */
const MOST_UNSIGNED = 1_500;
const NOTES = /[^\n]+\n\d+\n[A-Za-z0-9+/=]+\n\n(?:— [^\n]+\n)+/g;

const say = (text) => process.stdout.write(`${text}\n`);
const count = (number) => number.toLocaleString("en");
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hexOf = (bytes) => bytes.toString("hex");
function stop(text) {
  say(text);
  process.exit(2);
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return stop(`${path} cannot be read (${error.code}). Give the path of the file.`);
  }
}

function parseLine(line, number) {
  try {
    return JSON.parse(line);
  } catch {
    return stop(`Line ${count(number)} of the export is damaged or cut off: export it again.`);
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

/** What a note claims, a root over so many entries, and whether this key signed it. */
function openNote(note, { name, id, key }) {
  const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
  const [origin, size, root] = text.split("\n");
  const isOurs = note.split(`\n— ${name} `).some((line, i) => {
    const signature = Buffer.from(line.split("\n")[0], "base64");
    if (i === 0 || hexOf(signature.subarray(0, 4)) !== id) return false;
    return verify(null, Buffer.from(text), key, signature.subarray(4));
  });
  return { note, size: Number(size), root, isOurs: isOurs && origin === name };
}

/** The growing tree of RFC 9162: full parts from left to right, joined from the right. */
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);
function addLeaf(parts, leaf) {
  let part = { size: 1, hash: leaf };
  while (parts.at(-1)?.size === part.size) {
    part = { size: part.size * 2, hash: nodeOf(parts.pop().hash, part.hash) };
  }
  parts.push(part);
}
const rootOf = (parts) => parts.map(({ hash }) => hash).reduceRight((right, left) => nodeOf(left, right));

/** What is wrong with one entry of the export; null where it is as it was sealed. */
function judge({ sequence, leaf, entry, sealed }) {
  if (entry === null) return "entry_missing";
  const own = hexOf(sha256(Buffer.of(0), Buffer.from(canonical(entry))));
  if (entry.sequence !== sequence || own !== leaf) return "entry_altered";
  if (entry.sealedHash === undefined) return sealed === undefined ? null : "detail_unexpected";
  if (sealed === undefined) return "detail_missing";
  return hexOf(sha256(Buffer.from(sealed, "base64"))) === entry.sealedHash ? null : "detail_altered";
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "public-key": { type: "string" }, checkpoint: { type: "string" } },
});
if (positionals.length !== 1 || values["public-key"] === undefined) stop(USAGE);
const key = readKey(readText(values["public-key"]));
const keptText = values.checkpoint === undefined ? "" : readText(values.checkpoint);
const kept = (keptText.match(NOTES) ?? []).map((note) => openNote(note, key)).filter(({ isOurs }) => isOurs);
if (values.checkpoint !== undefined && kept.length === 0)
  stop("The file kept elsewhere holds no checkpoint that this key signed.");

const wrong = [];
const find = (place, code) => wrong.push({ place, code });
/** Signed roots by size. `signed`: how much of the log is confirmed; `doubt`: from where on nothing can be. */
const claims = new Map();
const claim = ({ size, root }) => claims.set(size, (claims.get(size) ?? new Set()).add(root));
const notes = new Set();
const parts = [];
let [header, next, bad, signed, badInSigned, doubt] = [null, 0, 0, 0, 0, null];

function addEntry(row) {
  if (row.sequence !== next) {
    find(next, "sequence_gap");
    bad += Math.abs(row.sequence - next);
    doubt ??= signed;
  }
  const code = judge(row);
  if (code !== null) find(row.sequence, code);
  if (code !== null) bad += 1;
  next = Math.max(next, row.sequence + 1);
  addLeaf(parts, Buffer.from(row.leaf, "hex"));
  for (const root of claims.get(next) ?? []) {
    // Once something cannot be confirmed no later root can be right, and that has been said.
    if (doubt !== null) continue;
    if (root === rootOf(parts).toString("base64")) [signed, badInSigned] = [next, bad];
    else find(signed, "checkpoint_not_of_this_log");
    if (signed !== next) doubt = signed;
  }
}

for (const checkpoint of kept) claim(checkpoint);
const input = createReadStream(positionals[0]).on("error", ({ code }) =>
  stop(`${positionals[0]} cannot be read (${code}). Give the path of the export.`),
);
let lines = 0;
for await (const line of createInterface({ input })) {
  lines += 1;
  const row = parseLine(line, lines);
  if (header === null) {
    header = row;
    if (row.format !== "gatehouse-audit-log" || row.version !== 1)
      stop("This is no export this program reads.");
  } else if (row.checkpoint !== undefined) {
    notes.add(row.checkpoint);
    const opened = openNote(row.checkpoint, key);
    if (opened.isOurs) claim(opened);
    else find(opened.size, "checkpoint_not_ours");
  } else if (row.outside !== undefined) find(row.outside.id, "entry_without_place");
  else addEntry(row);
}
if (header === null) stop("The export is empty.");
if (header.treeSize > next) find(header.treeSize, "export_cut_off");
for (const size of claims.keys()) if (size > next) find(size, "checkpoint_beyond_log");
for (const { note, size } of kept) if (!notes.has(note)) find(size, "checkpoint_missing");
const isUnsigned = next - signed > MOST_UNSIGNED || (next > 0 && signed === 0);
if (doubt === null && isUnsigned) {
  find(signed, "entries_unsigned");
  doubt = signed;
}

const total = Math.max(next, header.treeSize, ...claims.keys());
const verified = doubt === null ? next - bad : signed - badInSigned;
say(`${count(verified)} of ${count(total)} entries verified.`);
say(`Log ${key.name}, exported ${header.exportedAt} with ${count(notes.size)} checkpoints.`);
// Bad entries first, each by its place: what follows from them comes after.
const rankOf = ({ place, code }) =>
  typeof place === "string" ? 2 : Object.keys(WORDS).indexOf(code) < ENTRY_CODES ? 0 : 1;
wrong.sort((a, b) => rankOf(a) - rankOf(b) || a.place - b.place);
for (const [i, { place, code }] of wrong.slice(0, 20).entries()) {
  const shown = typeof place === "number" ? count(place) : place;
  say(`${i === 0 ? "First" : "Then"}: ${WORDS[code].replace("#", shown)} (${code}).`);
}
if (wrong.length > 20) say(`And ${count(wrong.length - 20)} more.`);
if (wrong.length === 0 && signed < next)
  say(`From entry ${count(signed)} on they are newer than the newest checkpoint: nothing signs them yet.`);
const farthest = Math.max(0, ...kept.map(({ size }) => size));
say(
  kept.length > 0
    ? `Compared with ${count(kept.length)} checkpoints kept elsewhere: the first ${count(farthest)} entries and the checkpoints up to there can be neither cut off, removed nor written anew unseen. Of what came later they say nothing.`
    : "Without a checkpoint kept elsewhere (--checkpoint) nobody can tell whether the end was cut off together with the checkpoints over it, or whether a checkpoint was removed.",
);
process.exitCode = wrong.length > 0 ? 1 : 0;
