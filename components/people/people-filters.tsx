"use client";

import { X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import {
  ENROLLED_FILTERS,
  type PeopleFilters as Filters,
  PATH_FILTERS,
  SINCE_FILTERS,
  STATUS_FILTERS,
} from "#lib/people/types.ts";
import { FilterSelect } from "./filter-select.tsx";

/** The filters of the list of people. They stand in the URL; what is searched for never does. */
export function PeopleFilters({ filters }: { filters: Filters }) {
  const t = useTranslations("people.filter");
  const router = useRouter();
  const path = usePathname();
  function change(part: Partial<Filters>) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...part })) if (value) query.set(name, value);
    router.replace(query.size > 0 ? `${path}?${query}` : path, { scroll: false });
  }
  const select = <Name extends keyof Filters>(
    name: Name,
    title: string,
    values: readonly NonNullable<Filters[Name]>[],
    textOf: (value: NonNullable<Filters[Name]>) => string,
  ) => (
    <FilterSelect
      name={title}
      any={t("any")}
      value={filters[name]}
      options={values.map((value) => ({ value, text: textOf(value) }))}
      onChange={(value) =>
        change({ [name]: values.find((known) => known === value) ?? null } as Partial<Filters>)
      }
    />
  );
  return (
    <>
      {select("enrolled", t("enrolled.name"), ENROLLED_FILTERS, (value) => t(`enrolled.${value}`))}
      {select("since", t("since.name"), SINCE_FILTERS, (value) => t(`since.${value}`))}
      {select("path", t("path.name"), PATH_FILTERS, (value) => t(`path.${value}`))}
      {select("status", t("status.name"), STATUS_FILTERS, (value) => t(`status.${value}`))}
      {Object.values(filters).some(Boolean) ? (
        <Button look="quiet" small icon={X} onClick={() => router.replace(path, { scroll: false })}>
          {t("clear")}
        </Button>
      ) : null}
    </>
  );
}
