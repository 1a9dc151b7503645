import { useTranslations } from "next-intl";
import { PagerWays } from "#components/data-table/pager-ways.tsx";
import type { AdopterCursor, AdopterPage } from "#lib/early-adopters/types.ts";

type AdoptersPagerProps = { page: AdopterPage; total: number; hrefOf(cursor: AdopterCursor): string };

/** How much of the list this page is, and the ways to the others. */
export function AdoptersPager({ page: { adopters, hasNewer, hasOlder }, total, hrefOf }: AdoptersPagerProps) {
  const t = useTranslations("earlyAdopters.pager");
  const [first, last] = [adopters[0], adopters.at(-1)];
  const way = (to: typeof first, direction: AdopterCursor["direction"]) =>
    to ? hrefOf({ place: Number(to.id), direction }) : null;
  return (
    <div className="pager">
      <span role="status">{t(hasNewer ? "later" : "first", { count: adopters.length, total })}</span>
      <PagerWays
        isNewestFirst
        opens={adopters.some(({ personId }) => personId !== null)}
        previousHref={hasNewer ? way(first, "newer") : null}
        nextHref={hasOlder ? way(last, "older") : null}
      />
    </div>
  );
}
