const NO_BREAK_SPACE = "\u00a0";

/** A share (0-1) as a percentage with one decimal, written by the locale: 7.0 % or 7,0 %. */
export function formatPercent(share: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${number.format(share * 100)}${NO_BREAK_SPACE}%`;
}

/** A time in ms below one second, else in s with two decimals. */
export function formatLatency(latencyMs: number, locale: string): string {
  if (latencyMs < 1000) return `${Math.round(latencyMs)}${NO_BREAK_SPACE}ms`;
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${number.format(latencyMs / 1000)}${NO_BREAK_SPACE}s`;
}
