import { useTranslations } from "next-intl";
import type { CustomIdSight, PeopleList } from "#lib/people/types.ts";

type PeoplePagerProps = { list: PeopleList; sight: CustomIdSight; isSearch: boolean };

/** The keys that work in the list, and how much of it is shown. */
export function PeoplePager({ list, sight, isSearch }: PeoplePagerProps) {
  const t = useTranslations("people.pager");
  const count = list.people.length;
  return (
    <div className="pager">
      <span className="only-wide">
        <kbd>↑</kbd> <kbd>↓</kbd> {t("move")}
      </span>
      <span className="only-wide">
        <kbd>Enter</kbd> {t("open")}
      </span>
      {sight === "whole" ? (
        <span className="only-wide">
          <kbd>C</kbd> {t("copy")}
        </span>
      ) : null}
      <span className="end">
        {list.hasMore ? t("more", { count }) : t("all", { count })}
        {list.hasMore && isSearch ? ` · ${t("moreHint")}` : ""}
      </span>
    </div>
  );
}
