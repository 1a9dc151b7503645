import { SearchX, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";
import type { CustomIdSight, PeopleFilters } from "#lib/people/types.ts";
import type { Found } from "./use-search.ts";

type NobodyProps = {
  found: Found | null;
  filters: PeopleFilters;
  sight: CustomIdSight;
  searching: boolean;
  /** False where looking through everybody would have taken too long. */
  isWhole: boolean;
};

/** Why the list is empty, and what to do about it. */
export function Nobody({ found, filters, sight, searching, isWhole }: NobodyProps) {
  const t = useTranslations("people");
  const isFiltered = Object.values(filters).some(Boolean);
  if (found === null) return searching ? null : <NobodyYet {...{ isFiltered, isWhole }} />;
  if (!found.result.ok) return null;
  if (!found.result.data.ok)
    return (
      <State icon={SearchX} title={t("tooBroad.title")}>
        {t("tooBroad.text")}
      </State>
    );
  const { text } = found.input;
  const length = sight === "masked" ? "masked" : text.trim().length < 3 ? "short" : "other";
  return (
    <State icon={SearchX} title={t("nobody.title", { text })}>
      {t("nobody.text", { length })} {isFiltered ? t("nobody.filtered") : null}
    </State>
  );
}

function NobodyYet({ isFiltered, isWhole }: { isFiltered: boolean; isWhole: boolean }) {
  const t = useTranslations("people");
  if (isFiltered)
    return (
      <State icon={SearchX} title={t("noneFiltered.title", { isWhole: String(isWhole) })}>
        {t("noneFiltered.text", { isWhole: String(isWhole) })}
      </State>
    );
  return (
    <State
      icon={UserPlus}
      title={t("empty.title")}
      act={<ButtonLink href="/sample">{t("empty.act")}</ButtonLink>}
    >
      {t("empty.text")}
    </State>
  );
}
