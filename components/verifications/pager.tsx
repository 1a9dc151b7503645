import { useTranslations } from "next-intl";
import { ButtonLink, LockedButton } from "#components/ui/button.tsx";
import type { Cursor, Order, VerificationPage } from "#lib/verifications/types.ts";

type PagerProps = {
  /** How many there are in all, as the rollups count them: free of cost. */
  total: number;
  page: VerificationPage;
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
  const newest = order === "newest";
  return (
    <div className="pager">
      <span role="status">{t(placeText(isFirst, hasNext, total > count), text)}</span>
      <span className="end">
        <span className="only-wide">
          <kbd>J</kbd> <kbd>K</kbd> {t("move")}
        </span>
        <span className="only-wide">
          <kbd>Enter</kbd> {t("open")}
        </span>
        <Way
          id="no-previous"
          text={t(newest ? "newer" : "older")}
          href={hasPrevious && first ? hrefOf({ at: first.at, id: first.id, direction: "before" }) : null}
        />
        <Way
          id="no-next"
          text={t(newest ? "older" : "newer")}
          href={hasNext && last ? hrefOf({ at: last.at, id: last.id, direction: "after" }) : null}
        />
      </span>
    </div>
  );
}

/** The count is not told where rows came in after it was taken, so that it would contradict the page. */
function placeText(isFirst: boolean, hasNext: boolean, isCounted: boolean) {
  if (!isFirst) return isCounted ? "pageOf" : "page";
  if (!hasNext) return "firstAll";
  return isCounted ? "firstOf" : "firstMore";
}

function Way({ id, text, href }: { id: string; text: string; href: string | null }) {
  const t = useTranslations("verifications.pager");
  return href === null ? (
    <LockedButton id={id} small reason={t("noMore")}>
      {text}
    </LockedButton>
  ) : (
    <ButtonLink small href={href}>
      {text}
    </ButtonLink>
  );
}
