import { useTranslations } from "next-intl";
import { ButtonLink, LockedButton } from "#components/ui/button.tsx";

type PagerWaysProps = {
  /** The list begins with the newest. */
  isNewestFirst: boolean;
  /** False where this reader's rows lead nowhere, so that no key does. */
  opens?: boolean;
  /** The page before and the page after this one; null where there is none. */
  previousHref: string | null;
  nextHref: string | null;
};

/** The keys of a list and the ways to its other pages; no ways where the page holds everything. */
export function PagerWays({ isNewestFirst, opens = true, previousHref, nextHref }: PagerWaysProps) {
  const t = useTranslations("common.table");
  return (
    <span className="end">
      {opens ? (
        <>
          <span className="only-wide">
            <kbd>J</kbd> <kbd>K</kbd> {t("move")}
          </span>
          <span className="only-wide">
            <kbd>Enter</kbd> {t("open")}
          </span>
        </>
      ) : null}
      {previousHref === null && nextHref === null ? null : (
        <>
          <Way id="no-previous" text={t(isNewestFirst ? "newer" : "older")} href={previousHref} />
          <Way id="no-next" text={t(isNewestFirst ? "older" : "newer")} href={nextHref} />
        </>
      )}
    </span>
  );
}

function Way({ id, text, href }: { id: string; text: string; href: string | null }) {
  const t = useTranslations("common.table");
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
