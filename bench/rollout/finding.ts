import { quantile } from "#bench/quantile.ts";

/** What the design found: one figure, or the lowest and highest of several, and in how many runs. */
export type Designed = { is: number | readonly [number, number]; runs: number };

/** What a simulation found, the range chance alone explains at 95 percent, and whether it is beyond chance from the design. */
export type Finding = {
  unit: "%" | "h" | "d" | "";
  ours: number | null;
  low: number | null;
  high: number | null;
  design: Designed["is"] | null;
  differs: boolean;
};
export type Cell = string | Finding;
export type Table = { title: string; runs: number; head: string[]; rows: Cell[][] };

const SURE = 1.96;
/** Some hundred figures are compared: those count as different that chance would part in one of a hundred. */
const VERY_SURE = 2.576;

/** So many of all runs, in percent, with Wilson's interval. */
export function shareOf(count: number, of: number, design: Designed | null = null): Finding {
  if (of === 0)
    return { unit: "%", ours: null, low: null, high: null, design: design?.is ?? null, differs: false };
  const share = count / of;
  const middle = (share + SURE ** 2 / (2 * of)) / (1 + SURE ** 2 / of);
  const reach =
    (SURE * Math.sqrt((share * (1 - share)) / of + (SURE / (2 * of)) ** 2)) / (1 + SURE ** 2 / of);
  return {
    unit: "%",
    ours: 100 * share,
    low: 100 * Math.max(0, middle - reach),
    high: 100 * Math.min(1, middle + reach),
    design: design?.is ?? null,
    differs: design !== null && isOtherShare(100 * share, of, design),
  };
}

/** Two shares of runs against each other, with the rounding of the design's figure allowed for. */
function isOtherShare(ours: number, of: number, design: Designed): boolean {
  const theirs = nearest(ours, design.is);
  const pooled = (ours * of + theirs * design.runs) / (of + design.runs) / 100;
  const error = 100 * Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / design.runs));
  return Math.abs(ours - theirs) > VERY_SURE * error + rounding(theirs);
}

/** The middle of the values, with the range of order statistics that holds the true middle; infinity is what never came. */
export function middleOf(
  values: readonly number[],
  unit: Finding["unit"],
  design: Designed | null = null,
): Finding {
  if (values.length === 0)
    return { unit, ours: null, low: null, high: null, design: design?.is ?? null, differs: false };
  const reach = (SURE * Math.sqrt(values.length)) / 2 / values.length;
  const ours = quantile(values, 0.5);
  const low = quantile(values, Math.max(0, 0.5 - reach));
  const high = quantile(values, Math.min(1, 0.5 + reach + 1 / values.length));
  return {
    unit,
    ours: orNull(ours),
    low: orNull(low),
    high: orNull(high),
    design: design?.is ?? null,
    differs: design !== null && isOtherMiddle(),
  };

  /** The design's middle is taken to be as unsure as ours. */
  function isOtherMiddle(): boolean {
    const theirs = nearest(ours, design?.is ?? ours);
    const error = ((theirs > ours ? high - ours : ours - low) / SURE) * Math.SQRT2;
    return Math.abs(ours - theirs) > VERY_SURE * error + 1;
  }
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
const nearest = (ours: number, is: Designed["is"]): number =>
  typeof is === "number" ? is : Math.min(is[1], Math.max(is[0], ours));
const rounding = (value: number): number => (Number.isInteger(value) ? 0.5 : 0.05);

/** A cell in words: ours, the range of chance, and after a stroke the design's; `≠` where chance does not explain the difference. */
export function tell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  const { unit, ours, low, high, design, differs } = cell;
  const digits = unit === "%" || unit === "d" ? 1 : 0;
  const told = design === null ? "" : ` / ${typeof design === "number" ? design : design.join("–")}`;
  if (ours === null || low === null) return `-${told}`;
  const range = low === high ? "" : ` (${low.toFixed(digits)}–${high?.toFixed(digits) ?? ""})`;
  return `${differs ? "≠ " : ""}${ours.toFixed(digits)}${unit ? ` ${unit}` : ""}${range}${told}`;
}

/** What differs from the design, each as "row, column: ours / design". */
export function differences({ head, rows }: Table): string[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, column) =>
      typeof cell !== "string" && cell.differs ? `${row[0]}, ${head[column]}: ${tell(cell).slice(2)}` : [],
    ),
  );
}
