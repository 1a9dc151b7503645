import { createHash } from "node:crypto";

/** A SHA-256 hash of RFC 9162: of an entry (`leafHash`), or of two neighbours (`nodeHash`). */
export type Hash = Uint8Array;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

export const leafHash = (bytes: Uint8Array): Hash => sha256(LEAF, bytes);
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);

/** The root over nothing at all. */
export const EMPTY_ROOT: Hash = sha256();

export const sameHash = (one: Hash, other: Hash): boolean => Buffer.compare(one, other) === 0;

/** Consecutive entries: from the first to before the last. */
export type Range = { from: number; to: number };

/** The largest power of two below n. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** The root over hashes that stand side by side, Merkle Tree Hash of RFC 9162 section 2.1.1. */
export function rootOf(hashes: readonly Hash[]): Hash {
  const tree = new GrowingTree();
  for (const hash of hashes) tree.add(hash);
  return tree.root();
}

/** A tree that grows by one leaf at a time and remembers no more than one hash for each of its full parts. */
export class GrowingTree {
  /** Full parts from left to right, each half as large as the one before it or smaller. */
  private readonly parts: { size: number; hash: Hash }[] = [];
  size = 0;

  add(leaf: Hash): void {
    let part = { size: 1, hash: leaf };
    for (let last = this.parts.at(-1); last?.size === part.size; last = this.parts.at(-1)) {
      this.parts.pop();
      part = { size: last.size * 2, hash: nodeHash(last.hash, part.hash) };
    }
    this.parts.push(part);
    this.size += 1;
  }

  root(): Hash {
    return joinParts(this.parts.map(({ hash }) => hash));
  }
}

/** The root over full parts that get smaller from left to right. */
export function joinParts(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return EMPTY_ROOT;
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The full parts a range of a tree is joined from, each 2^n entries that begin at a multiple of it. */
export function fullPartsOf({ from, to }: Range): Range[] {
  const parts: Range[] = [];
  for (let at = from; at < to; ) {
    let size = 2 ** Math.floor(Math.log2(to - at));
    while (at % size !== 0) size /= 2;
    parts.push({ from: at, to: at + size });
    at += size;
  }
  return parts;
}

/** The ranges whose roots prove that entry `index` is in the tree of `size`, from the bottom up: PATH of section 2.1.3.1. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let within: Range = { from: 0, to: size };
  while (within.to - within.from > 1) {
    const middle = within.from + split(within.to - within.from);
    const [left, right] = [
      { from: within.from, to: middle },
      { from: middle, to: within.to },
    ];
    within = index < middle ? left : right;
    ranges.unshift(index < middle ? right : left);
  }
  return ranges;
}

/** The ranges whose roots prove that the tree of `size` begins with the tree of `earlier`: PROOF of section 2.1.4.1. */
export function consistencyRanges(earlier: number, size: number): Range[] {
  if (earlier === 0 || earlier === size) return [];
  const ranges: Range[] = [];
  let within: Range = { from: 0, to: size };
  while (within.to !== earlier) {
    const middle = within.from + split(within.to - within.from);
    if (earlier <= middle) {
      ranges.unshift({ from: middle, to: within.to });
      within = { from: within.from, to: middle };
    } else {
      ranges.unshift({ from: within.from, to: middle });
      within = { from: middle, to: within.to };
    }
  }
  // Where the earlier tree is one full part, its own root is known to who asks.
  return within.from === 0 ? ranges : [within, ...ranges];
}
