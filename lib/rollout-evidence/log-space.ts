const FACTORIALS = 1024;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

const table = new Float64Array(FACTORIALS);
for (let n = 2; n < FACTORIALS; n++) table[n] = (table[n - 1] ?? 0) + Math.log(n);

/** ln Γ(x) for x above 0, by Stirling's series after moving x up to where it is exact to the last digits. */
export function logGamma(x: number): number {
  let at = x;
  let product = 1;
  while (at < 15) product *= at++;
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TWO_PI + series - Math.log(product);
}

/** ln n! of a whole number. */
export const logFactorial = (n: number): number =>
  n < FACTORIALS ? (table[n] ?? Number.NaN) : logGamma(n + 1);

/** The logarithm of the number of ways to choose k of n. */
export const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** ln of the sum of e^value; values may be far beyond what a number holds once raised. */
export function logSum(values: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}

/** ln of the mean of e^value. */
export const logMean = (values: readonly number[]): number => logSum(values) - Math.log(values.length);

/** `count` points from low to high, each the same multiple of the one before. */
export function logSpaced(low: number, high: number, count: number): number[] {
  const step = Math.log(high / low) / (count - 1);
  return Array.from({ length: count }, (_, place) => (place === 0 ? low : low * Math.exp(step * place)));
}
