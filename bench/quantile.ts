/** The value below which the share (0 to 1) of the values lies: the nearest rank, without interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error("There is no quantile of nothing.");
  return value;
}
