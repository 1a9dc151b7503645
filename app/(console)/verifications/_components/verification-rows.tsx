import { ScanSearch, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import { Pager } from "#components/verifications/pager.tsx";
import { VerificationsTable } from "#components/verifications/verifications-table.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import { type VerificationsSearch, verificationsPath } from "../search-params.ts";

type RowsProps = { search: VerificationsSearch; data: VerificationsData; isEmpty: boolean };

/** One page of the list, or why there is none. */
export function VerificationRows({ search, data: { page, shown }, isEmpty }: RowsProps) {
  const t = useTranslations("verifications");
  const { filters, order } = search;
  if (page === null)
    return (
      <State icon={Users} title={t("figuresOnly.title")}>
        {t("figuresOnly.text")}
      </State>
    );
  if (page.rows.length === 0) {
    const state = isEmpty ? "none" : "empty";
    return (
      <State
        icon={ScanSearch}
        title={t(`${state}.title`)}
        act={<ButtonLink href={isEmpty ? "/sample" : "/verifications"}>{t(`${state}.act`)}</ButtonLink>}
      >
        {t(`${state}.text`)}
      </State>
    );
  }
  const otherOrder = order === "newest" ? "oldest" : "newest";
  return (
    <ClientMessages rooms={["verifications", "terms"]}>
      <VerificationsTable
        rows={page.rows}
        order={order}
        otherOrderHref={verificationsPath({ filters, order: otherOrder, cursor: null })}
        showsDay={filters.window !== "1h"}
        showsPeople={shown === "with_people"}
      />
      <Pager
        page={page}
        order={order}
        isFirst={search.cursor === null}
        hrefOf={(cursor) => verificationsPath({ filters, order, cursor })}
      />
    </ClientMessages>
  );
}
