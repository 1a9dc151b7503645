/**
 * Turns the distance of two face descriptors into a score from 100 (the same) to 0 (distance 1 and beyond).
 *
 * Straight lines through (0, 100), (`distanceAtScore50`, 50) and (1, 0): always falling, so a score ranks pairs
 * exactly as the distance does.
 */
export function scoreOfFaces(a: Float32Array, b: Float32Array, distanceAtScore50: number): number {
  const distance = Math.min(1, faceDistance(a, b));
  const score =
    distance <= distanceAtScore50
      ? 100 - (50 * distance) / distanceAtScore50
      : (50 * (1 - distance)) / (1 - distanceAtScore50);
  return Math.round(score * 100) / 100;
}

/** Euclidean distance of two descriptors of the same length. */
export function faceDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
