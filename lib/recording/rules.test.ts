import { describe, expect, it } from "vitest";
import { bucketOf, bucketUpperBoundMs, LATENCY_BUCKET_STARTS_MS, percentileMs } from "./rules.ts";

const histogramOf = (latencies: number[]) => latencies.map((ms) => ({ bucket: bucketOf(ms), count: 1 }));

describe("latency buckets", () => {
  it("hold every latency between their start and their upper bound", () => {
    const misplaced = Array.from({ length: 70_000 }, (_, ms) => ms).filter((ms) => {
      const bucket = bucketOf(ms);
      return (LATENCY_BUCKET_STARTS_MS[bucket] ?? Infinity) > ms || bucketUpperBoundMs(bucket) < ms;
    });
    expect(misplaced).toEqual([]);
  });

  it("put a clock that ran backwards into the first bucket", () => {
    expect(bucketOf(-5)).toBe(0);
  });

  it("are few enough to store one row per minute and bucket", () => {
    expect(LATENCY_BUCKET_STARTS_MS.length).toBeLessThan(64);
  });
});

describe("a percentile", () => {
  it("is within 10 % of the true latency, whatever the latency", () => {
    for (let ms = 1; ms < 50_000; ms = Math.ceil(ms * 1.013)) {
      const told = percentileMs(histogramOf([ms]), 0.95) ?? 0;
      expect(Math.abs(told - ms) / ms).toBeLessThan(0.1);
    }
  });

  it("is the same from one histogram and from the same counts spread over many minutes", () => {
    const latencies = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 3000);
    const once = new Map<number, number>();
    for (const ms of latencies) once.set(bucketOf(ms), (once.get(bucketOf(ms)) ?? 0) + 1);
    const merged = [...once].map(([bucket, count]) => ({ bucket, count }));
    for (const share of [0, 0.5, 0.9, 0.95, 0.99, 1]) {
      expect(percentileMs(merged, share)).toBe(percentileMs(histogramOf(latencies), share));
    }
  });

  it("of nothing is null", () => {
    expect(percentileMs([], 0.5)).toBeNull();
    expect(percentileMs([{ bucket: 3, count: 0 }], 0.5)).toBeNull();
  });

  it("stays exact below ten milliseconds", () => {
    expect(percentileMs(histogramOf([1, 2, 3, 4, 5]), 0.5)).toBe(3);
  });
});
