"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { BatchProgress as Progress } from "#lib/request-batches/types.ts";
import { isErasing } from "#lib/requests/rules.ts";
import type { Right } from "#lib/requests/types.ts";
import { useBatchFigures } from "./batch-live.tsx";

const PARTS = [
  "done",
  "underWay",
  "unknown",
  "waiting",
  "failed",
] as const satisfies readonly (keyof Progress)[];
const WIDTH = 600;

/** How many of its people are where, as a bar and in numbers; each keeps its place while the figures change. */
export function BatchProgress({ right }: { right: Right }) {
  const t = useTranslations("batches.progress");
  const format = useFormatter();
  const { progress } = useBatchFigures();
  if (progress.people === 0) return null;
  const kind = isErasing(right) ? "erasing" : "other";
  const told = { ...progress, kind };
  let from = 0;
  const bars = PARTS.map((part) => {
    const width = (progress[part] / progress.people) * WIDTH;
    const x = from;
    from += width;
    return { part, x, width: Math.max(0, width - 1) };
  });
  return (
    <Section
      title={t("title")}
      about={t("sent", {
        sent: progress.people - progress.waiting - progress.withdrawn,
        people: progress.people,
      })}
      end={kind === "erasing" ? t("calls") : undefined}
    >
      <svg
        className="batch-bar"
        viewBox={`0 0 ${WIDTH} 14`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("told", told)}
      >
        {bars.map(({ part, x, width }) => (
          <rect key={part} className={`p-${part}`} x={x} y={0} width={width} height={14} />
        ))}
      </svg>
      <dl className="batch-tally">
        {PARTS.map((part) => (
          <div key={part}>
            <dt>
              <span className={`batch-key p-${part}`} />
              {t(part, { kind })}
            </dt>
            <dd>{format.number(progress[part])}</dd>
          </div>
        ))}
      </dl>
      {progress.withdrawn === 0 ? null : (
        <p className="small m">{t("withdrawn", { count: progress.withdrawn })}</p>
      )}
    </Section>
  );
}
