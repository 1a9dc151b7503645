import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { passes } from "#lib/verifications/rules.ts";
import type { RollupBar, VerificationFilters } from "#lib/verifications/types.ts";

const HEIGHT_PX = 72;
const TICKS = 6;

type TimeLineProps = {
  bars: readonly RollupBar[];
  to: Date;
  filters: VerificationFilters;
  hrefOf(filters: VerificationFilters): string;
};

/** Verifications over time: those shown under those left out; a bar chosen narrows the list to its time. */
export function TimeLine({ bars, to, filters, hrefOf }: TimeLineProps) {
  const t = useTranslations("verifications");
  const format = useFormatter();
  const isLong = filters.window === "7d" || filters.window === "30d";
  const counted = bars.map(({ at, cells }, place) => ({
    from: at,
    to: bars[place + 1]?.at ?? to,
    all: sum(cells),
    shown: sum(cells.filter((cell) => passes(cell, filters))),
  }));
  const most = Math.max(1, ...counted.map(({ all }) => all));
  const textOf = (at: Date) => format.dateTime(at, isLong ? "minute" : "clock");
  const isIn = (bar: { from: Date; to: Date }) =>
    filters.range === null || (bar.from >= filters.range.from && bar.to <= filters.range.to);
  const heightOf = (count: number) => `${(count / most) * HEIGHT_PX}px`;
  return (
    <figure className="time-line" aria-label={t("histogram.label")}>
      <div className="time-bars">
        {counted.map((bar) => {
          const { from, all, shown } = bar;
          const label = t("histogram.bar", { from: textOf(from), to: textOf(bar.to), all, shown });
          const columns = (
            <>
              <i className="left-out" style={{ height: heightOf(all - shown) }} />
              <i className="shown" style={{ height: heightOf(shown) }} />
            </>
          );
          const className = classNames("time-bar", !isIn(bar) && "out");
          return all === 0 ? (
            <span key={from.getTime()} className={className} />
          ) : (
            <Link
              key={from.getTime()}
              className={className}
              href={hrefOf({ ...filters, range: { from, to: bar.to } })}
              scroll={false}
              aria-label={label}
              title={label}
              prefetch={false}
            >
              {columns}
            </Link>
          );
        })}
      </div>
      <div className="time-ticks" aria-hidden="true">
        {Array.from({ length: TICKS + 1 }, (_, tick) => {
          const at = tick === TICKS ? to : counted[Math.floor((tick * counted.length) / TICKS)]?.from;
          return at ? <span key={at.getTime()}>{textOf(at)}</span> : null;
        })}
      </div>
    </figure>
  );
}

const sum = (cells: readonly { count: number }[]): number =>
  cells.reduce((total, { count }) => total + count, 0);
