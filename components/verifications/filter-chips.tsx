import { X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { FACET_NAMES, type VerificationFilters } from "#lib/verifications/types.ts";
import { useFacetText } from "./facet-text.ts";

type FilterChipsProps = { filters: VerificationFilters; hrefOf(filters: VerificationFilters): string };

/** The filters in force, each taken away by one click. */
export function FilterChips({ filters, hrefOf }: FilterChipsProps) {
  const t = useTranslations("verifications");
  const textOf = useFacetText();
  const format = useFormatter();
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
          text: t("rangeText", {
            from: format.dateTime(range.from, "minute"),
            to: format.dateTime(range.to, "minute"),
          }),
          without: { ...filters, range: null },
        },
      ]
    : chips;
  if (all.length === 0) return null;
  const none = { outcome: [], reason: [], modality: [], channel: [], source: [], range: null };
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
      <Link className="btn quiet s" href={hrefOf({ ...filters, ...none })} scroll={false}>
        {t("clear")}
      </Link>
    </>
  );
}
