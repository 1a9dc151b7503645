import { ScanSearch, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { LiveRows } from "#components/live-tail/live-rows.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import { Pager } from "#components/verifications/pager.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { VerificationFilters } from "#lib/verifications/types.ts";
import { type VerificationsSearch, verificationsPath } from "../search-params.ts";

type RowsProps = {
  place: Omit<VerificationsSearch, "filters" | "opensView">;
  data: VerificationsData;
  /** How many pass the filters. */
  total: number;
  /** Nothing at all happened in the window. */
  isEmpty: boolean;
};

/** One page of the list, or why there is none. */
export function VerificationRows({ place, data, total, isEmpty }: RowsProps) {
  const t = useTranslations("verifications");
  const { page, shown, filters } = data;
  const { order, cursor, view } = place;
  if (page === null)
    return (
      <State icon={Users} title={t("figuresOnly.title")}>
        {t("figuresOnly.text")}
      </State>
    );
  if (page.rows.length === 0) return <NoRows filters={filters} isEmpty={isEmpty} isFirst={data.isFirst} />;
  const otherOrder = order === "newest" ? "oldest" : "newest";
  return (
    <ClientMessages rooms={["verifications", "terms", "liveTail"]}>
      <LiveRows
        rows={page.rows}
        order={order}
        otherOrderHref={verificationsPath({ filters, order: otherOrder, cursor: null, view })}
        showsDay={filters.window !== "1h"}
        showsPeople={shown === "with_people"}
        applications={data.applications}
      />
      <Pager
        page={page}
        order={order}
        total={total}
        isFirst={cursor === null}
        hrefOf={(next) => verificationsPath({ filters, order, cursor: next, view })}
      />
    </ClientMessages>
  );
}

type NoRowsProps = { filters: VerificationFilters; isEmpty: boolean; isFirst: boolean };

/** Why the list is empty, and the act that helps: fewer filters, a longer time, or a first login. */
function NoRows({ filters, isEmpty, isFirst }: NoRowsProps) {
  const t = useTranslations("verifications");
  const state = !isEmpty ? "empty" : isFirst ? "none" : "quiet";
  const listOf = (change: Partial<VerificationFilters>) =>
    verificationsPath({ filters: { ...filters, ...change, range: null }, order: "newest", cursor: null });
  const href = {
    empty: listOf(noFacets()),
    // Nothing can be longer than the longest window.
    quiet: filters.window === "90d" ? null : listOf({ window: "90d" }),
    none: "/sample",
  }[state];
  return (
    <State
      icon={ScanSearch}
      title={t(`${state}.title`)}
      act={href === null ? null : <ButtonLink href={href}>{t(`${state}.act`)}</ButtonLink>}
    >
      {t(`${state}.text`)}
    </State>
  );
}
