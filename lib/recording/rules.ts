const GROWTH = 1.2;
const LONGEST_MS = 60_000;

/**
 * Where each latency bucket starts, in milliseconds; bucket i holds the whole milliseconds from start i up to just
 * below start i + 1, the last bucket everything longer. Buckets of one millisecond below 10, then each a fifth wider.
 * Stored rows name buckets by their place here: the list may grow at its end only.
 */
export const LATENCY_BUCKET_STARTS_MS: readonly number[] = bucketStarts();

function bucketStarts(): number[] {
  const starts = [0];
  for (let start = 1; start <= LONGEST_MS; start = Math.max(start + 1, Math.floor(start * GROWTH))) {
    starts.push(start);
  }
  return starts;
}

/** The bucket that holds a latency of whole milliseconds; a negative one counts as 0. */
export function bucketOf(latencyMs: number): number {
  let low = 0;
  let high = LATENCY_BUCKET_STARTS_MS.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((LATENCY_BUCKET_STARTS_MS[middle] ?? 0) <= latencyMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The longest latency a bucket holds, in whole milliseconds; infinite for the last one. */
export function bucketUpperBoundMs(bucket: number): number {
  const next = LATENCY_BUCKET_STARTS_MS[bucket + 1];
  return next === undefined ? Number.POSITIVE_INFINITY : next - 1;
}

export type LatencyHistogram = readonly { bucket: number; count: number }[];

/**
 * The latency that the given share of calls (0-1) did not exceed, within 10 % of the true value; null when nothing was
 * counted. Rows of any number of minutes may be passed together, in any order. What lies in the last, open bucket is
 * told by that bucket's start.
 */
export function percentileMs(histogram: LatencyHistogram, share: number): number | null {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total));
  let passed = 0;
  for (const { bucket, count } of histogram.toSorted((a, b) => a.bucket - b.bucket)) {
    passed += count;
    if (passed >= rank) return middleMs(bucket);
  }
  return null;
}

/** The geometric middle of a bucket: it is off by the same factor from either end. */
function middleMs(bucket: number): number {
  const start = LATENCY_BUCKET_STARTS_MS[bucket] ?? LONGEST_MS;
  const end = bucketUpperBoundMs(bucket);
  return Number.isFinite(end) ? Math.sqrt(start * end) : start;
}
