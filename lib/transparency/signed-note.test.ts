import { expect, test } from "vitest";
import { checkpointSigner, findNotes, readCheckpoint, signedCheckpoint } from "./checkpoint.ts";
import { EMPTY_ROOT } from "./merkle.ts";
import { noteSigner, openNote, readVerifierKey } from "./signed-note.ts";

/** The example of Go's package sumdb/note, which signed notes come from. */
const SEED = Buffer.from("gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=", "base64");
const VERIFIER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

const verifierOf = (key: string) => {
  const verifier = readVerifierKey(key);
  if (verifier === null) throw new Error("This is no verifier key.");
  return verifier;
};

test("a note is signed and opened as Go's implementation does it", () => {
  const signer = noteSigner(() => "PeterNeumann", SEED);
  expect(signer.verifierKey).toBe(VERIFIER_KEY);
  expect(signer.sign(TEXT)).toBe(NOTE);
  expect(openNote(NOTE, verifierOf(VERIFIER_KEY))).toBe(TEXT);
});

test.each([
  ["an altered text", NOTE.replace("answer", "question")],
  ["an altered signature", NOTE.replace("x08go/ZJ", "x08go/ZK")],
  ["another signer's name", NOTE.replace("— PeterNeumann", "— PeterNewmann")],
  ["no signature", TEXT],
])("%s does not open", (_, note) => {
  expect(openNote(note, verifierOf(VERIFIER_KEY))).toBeNull();
});

test("a signature of somebody else beside ours does not hinder", () => {
  const cosigned = `${NOTE}— Witness AAAAAAAA\n`;
  expect(openNote(cosigned, verifierOf(VERIFIER_KEY))).toBe(TEXT);
});

test.each([
  "",
  "name",
  "name+c74f20a3+AQ==",
  VERIFIER_KEY.replace("Peter", "Petra"),
  VERIFIER_KEY.replace("c7", "c8"),
])("%j is refused as a verifier key", (key) => expect(readVerifierKey(key)).toBeNull());

test("a checkpoint names its log after the key, and reads back what was signed", () => {
  const signer = checkpointSigner("ab".repeat(32));
  const note = signedCheckpoint(signer, { size: 12_345_678_901, root: EMPTY_ROOT });
  const text = openNote(note, verifierOf(signer.verifierKey));
  expect(text?.split("\n")[1]).toBe("12345678901");
  expect(readCheckpoint(text ?? "")).toEqual({ origin: signer.name, size: 12_345_678_901, root: EMPTY_ROOT });
  expect(signer.name).toMatch(/^gatehouse\/audit\/[0-9a-f]{16}$/);
  expect(checkpointSigner("cd".repeat(32)).name).not.toBe(signer.name);
});

test.each(["", "log\n-1\n", "log\n01\nAAAA\n", "log\n1\nAAAA\n", `log\n1\n${"A".repeat(43)}=\nmore\n`])(
  "%j is no checkpoint",
  (text) => expect(readCheckpoint(text)).toBeNull(),
);

test("notes are found among other text, and after one that was cut off", () => {
  const signer = checkpointSigner("ab".repeat(32));
  const notes = [1, 2].map((size) => signedCheckpoint(signer, { size, root: EMPTY_ROOT }));
  const file = `\n${notes[0]}\n${notes[1]?.slice(0, 60)}\n${notes[1]}`;
  expect(findNotes(file)).toEqual(notes);
});
