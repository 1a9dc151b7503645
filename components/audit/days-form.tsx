import Form from "next/form";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { LogFilters } from "#lib/audit-log/types.ts";

type DaysFormProps = { filters: LogFilters; hrefOf(filters: LogFilters): string };

/** The first and the last day of the list, both of them in it. */
export function DaysForm({ filters, hrefOf }: DaysFormProps) {
  const t = useTranslations("audit.filter.days");
  const { pathname, searchParams } = new URL(
    hrefOf({ ...filters, time: null, from: null, to: null }),
    "http://gatehouse.invalid",
  );
  return (
    <Form action={pathname} prefetch={false} scroll={false} className="days-form">
      <fieldset>
        <legend>{t("legend")}</legend>
        {[...searchParams].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label>
          {t("fromLabel")}
          <input className="in s" type="date" name="from" defaultValue={filters.from ?? undefined} />
        </label>
        <label>
          {t("toLabel")}
          <input className="in s" type="date" name="to" defaultValue={filters.to ?? undefined} />
        </label>
      </fieldset>
      <Button type="submit" small>
        {t("apply")}
      </Button>
    </Form>
  );
}
