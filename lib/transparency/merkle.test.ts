import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  consistencyRanges,
  EMPTY_ROOT,
  fullPartsOf,
  GrowingTree,
  type Hash,
  inclusionRanges,
  joinParts,
  leafHash,
  type Range,
  rootOf,
} from "./merkle.ts";
import { isContinued, isIncluded } from "./proofs.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
/** The entries of the tests of Certificate Transparency, and the roots over the first 1 to 8 of them. */
const KNOWN = "|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f".split("|");
const KNOWN_ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const known = KNOWN.map((entry) => leafHash(Buffer.from(entry, "hex")));

/** Section 2.1.1 as it is written, for comparison. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const parts = [Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k))];
  return new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());
}

const LARGEST = 40;
const leaves = Array.from({ length: LARGEST }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
const rootsOf = (ranges: readonly Range[], of = leaves) =>
  ranges.map(({ from, to }) => rootOf(of.slice(from, to)));
const sizes = Array.from({ length: LARGEST }, (_, i) => i + 1);

describe("known values of RFC 6962 and RFC 9162", () => {
  test.each(KNOWN_ROOTS.map((root, i) => [i + 1, root] as const))(
    "the root over %i entries",
    (size, root) => {
      expect(hex(rootOf(known.slice(0, size)))).toBe(root);
    },
  );

  test("the root over nothing is the hash of nothing", () => {
    expect(hex(rootOf([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  test("the proof of the first of eight entries", () => {
    expect(rootsOf(inclusionRanges(0, 8), known).map(hex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
  });

  test("the proof that eight entries begin with six", () => {
    expect(rootsOf(consistencyRanges(6, 8), known).map(hex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });
});

test("the growing tree has the root of a naive recount at every size", () => {
  const tree = new GrowingTree();
  for (const [i, leaf] of leaves.entries()) {
    tree.add(leaf);
    expect(hex(tree.root())).toBe(hex(naiveRoot(leaves.slice(0, i + 1))));
  }
});

test("the full parts of any range join to its root, and each begins at a multiple of its size", () => {
  for (const size of sizes) {
    for (const range of [
      { from: 0, to: size },
      ...inclusionRanges(0, size),
      ...inclusionRanges(size - 1, size),
    ]) {
      const parts = fullPartsOf(range);
      for (const { from, to } of parts) expect(from % (to - from)).toBe(0);
      expect(hex(joinParts(rootsOf(parts)))).toBe(hex(naiveRoot(leaves.slice(range.from, range.to))));
    }
  }
});

test("every entry of every tree is proved, and proves nothing about another place, leaf, root or size", () => {
  for (const size of sizes) {
    const root = rootOf(leaves.slice(0, size));
    for (let index = 0; index < size; index++) {
      const leaf = leaves[index] as Hash;
      const proof = rootsOf(inclusionRanges(index, size));
      const claim = { leaf, index, size, proof, root };
      expect(isIncluded(claim)).toBe(true);
      expect(isIncluded({ ...claim, leaf: leafHash(Buffer.from("another")) })).toBe(false);
      expect(isIncluded({ ...claim, root: leaf, size: size + 1 })).toBe(false);
      if (size > 1) {
        expect(isIncluded({ ...claim, index: (index + 1) % size })).toBe(false);
        expect(isIncluded({ ...claim, proof: proof.slice(1) })).toBe(false);
      }
      expect(isIncluded({ ...claim, proof: [...proof, leaf] })).toBe(false);
    }
  }
});

test("every tree is proved to begin with every smaller one, and with no other", () => {
  for (const size of sizes) {
    for (let earlier = 1; earlier <= size; earlier++) {
      const proof = rootsOf(consistencyRanges(earlier, size));
      const later = { size, root: rootOf(leaves.slice(0, size)) };
      const claim = { earlier: { size: earlier, root: rootOf(leaves.slice(0, earlier)) }, later, proof };
      expect(isContinued(claim)).toBe(true);
      const altered = [leafHash(Buffer.from("altered")), ...leaves.slice(1, earlier)];
      expect(isContinued({ ...claim, earlier: { size: earlier, root: rootOf(altered) } })).toBe(false);
      expect(isContinued({ ...claim, earlier: later, later: claim.earlier })).toBe(earlier === size);
      if (proof.length > 0) expect(isContinued({ ...claim, proof: proof.slice(1) })).toBe(false);
    }
  }
});
