const NO_BREAK_SPACE = "\u00a0";

/** A share (0-1) as a percentage, with one decimal unless told otherwise, written by the locale: 7.0 % or 7,0 %. */
export function formatPercent(share: number, locale: string, digits = 1): string {
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number.format(share * 100)}${NO_BREAK_SPACE}%`;
}

/** A time in ms below one second, else in s with two decimals. */
export function formatLatency(latencyMs: number, locale: string): string {
  if (latencyMs < 1000) return `${Math.round(latencyMs)}${NO_BREAK_SPACE}ms`;
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${number.format(latencyMs / 1000)}${NO_BREAK_SPACE}s`;
}

/** Both ends of an interval of shares, the sign once: 6.1–7.8 %. */
export function formatInterval({ low, high }: { low: number; high: number }, locale: string): string {
  const [first] = formatPercent(low, locale).split(NO_BREAK_SPACE);
  return `${first}–${formatPercent(high, locale)}`;
}

/** What a share gained or lost, in percentage points with its sign: +1.3, −0.2, 0.0. */
export function formatPoints(change: number, locale: string): string {
  return signed(change * 100, locale, 1);
}

/** What a time gained or lost, with its sign, in the unit that `formatLatency` writes times of `beside` in. */
export function formatLatencyChange(changeMs: number, beside: number, locale: string): string {
  return beside < 1000
    ? `${signed(changeMs, locale, 0)}${NO_BREAK_SPACE}ms`
    : `${signed(changeMs / 1000, locale, 2)}${NO_BREAK_SPACE}s`;
}

function signed(value: number, locale: string, digits: number): string {
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  });
  // A minus as long as the plus beside it.
  return number.format(value).replace("-", "−");
}
