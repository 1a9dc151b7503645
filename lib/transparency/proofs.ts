import { type Hash, nodeHash, sameHash } from "./merkle.ts";

type Inclusion = { leaf: Hash; index: number; size: number; proof: readonly Hash[]; root: Hash };

/** Whether the proof shows that the leaf is entry `index` of the tree with this root: RFC 9162 section 2.1.3.2. */
export function isIncluded({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(hash, root);
}

type Consistency = {
  earlier: { size: number; root: Hash };
  later: { size: number; root: Hash };
  proof: readonly Hash[];
};

/** Whether the proof shows that the later tree begins with the earlier one: RFC 9162 section 2.1.4.2. */
export function isContinued({ earlier, later, proof }: Consistency): boolean {
  if (earlier.size === 0) return proof.length === 0;
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && sameHash(earlier.root, later.root);
  const isFullPart = Number.isInteger(Math.log2(earlier.size));
  const path = isFullPart ? [earlier.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fn = earlier.size - 1;
  let sn = later.size - 1;
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [fr, sr] = [first, first];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(sibling, fr), nodeHash(sibling, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = nodeHash(sr, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(fr, earlier.root) && sameHash(sr, later.root);
}

/** Numbers here may pass 2^31, where shifts would wrap. */
const half = (n: number): number => Math.floor(n / 2);
