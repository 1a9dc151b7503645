import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { FACET_NAMES, type VerificationFilters } from "#lib/verifications/types.ts";
import { type ApplicationNames, useFacetText } from "./facet-text.ts";
import { useBarTime } from "./use-bar-time.ts";

type FilterChipsProps = {
  filters: VerificationFilters;
  applications: ApplicationNames;
  clearHref: string | null;
  hrefOf(filters: VerificationFilters): string;
  /** Stands between the chips and the way to clear them. */
  children: ReactNode;
};

/** The filters in force, each taken away by one click, all of them by one key. */
export function FilterChips({ filters, applications, clearHref, hrefOf, children }: FilterChipsProps) {
  const t = useTranslations("verifications");
  const textOf = useFacetText(applications);
  const { spanText } = useBarTime(filters.window);
  const chips = FACET_NAMES.filter((name) => filters[name].length > 0).map((name) => ({
    name,
    text: filters[name].map((value) => textOf(name, value)).join(", "),
    without: { ...filters, [name]: [] },
  }));
  const { range } = filters;
  const all = range
    ? [
        ...chips,
        {
          name: "range" as const,
          text: spanText(range.from, range.to),
          without: { ...filters, range: null },
        },
      ]
    : chips;
  return (
    <>
      {all.map(({ name, text, without }) => (
        <Link
          key={name}
          href={hrefOf(without)}
          scroll={false}
          className="chip on filter-chip"
          aria-label={`${t("removeFilter", { name: t(`facet.${name}`) })}: ${text}`}
        >
          <b>{t(`facet.${name}`)}</b> <span>{text}</span> <Icon of={X} size={12} />
        </Link>
      ))}
      {children}
      {clearHref === null ? null : (
        <Link className="btn quiet s" href={clearHref} scroll={false} aria-keyshortcuts="x">
          {t("clear")} <kbd>X</kbd>
        </Link>
      )}
    </>
  );
}
