import { useTranslations } from "next-intl";
import { PagerWays } from "#components/data-table/pager-ways.tsx";
import type { Cursor, Order } from "#lib/verifications/types.ts";

type PagerProps = {
  /** How many there are in all, as the rollups count them: free of cost. */
  total: number;
  page: { rows: readonly { id: string; at: Date }[]; hasPrevious: boolean; hasNext: boolean };
  order: Order;
  isFirst: boolean;
  hrefOf(cursor: Cursor): string;
};

/** Where in the list this page is, and the ways on. All is counted only where counting is free. */
export function Pager({ page: { rows, hasPrevious, hasNext }, total, order, isFirst, hrefOf }: PagerProps) {
  const t = useTranslations("verifications.pager");
  const sort = useTranslations("verifications.sort");
  const count = rows.length;
  const first = rows[0];
  const last = rows.at(-1);
  const text = { count, total, order: sort(order) };
  return (
    <div className="pager">
      <span role="status">{t(placeText(isFirst, hasNext, total > count), text)}</span>
      <PagerWays
        isNewestFirst={order === "newest"}
        previousHref={
          hasPrevious && first ? hrefOf({ at: first.at, id: first.id, direction: "before" }) : null
        }
        nextHref={hasNext && last ? hrefOf({ at: last.at, id: last.id, direction: "after" }) : null}
      />
    </div>
  );
}

/** The count is not told where rows came in after it was taken, so that it would contradict the page. */
function placeText(isFirst: boolean, hasNext: boolean, isCounted: boolean) {
  if (!isFirst) return isCounted ? "pageOf" : "page";
  if (!hasNext) return "firstAll";
  return isCounted ? "firstOf" : "firstMore";
}
