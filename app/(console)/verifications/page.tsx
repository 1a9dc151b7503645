import "#components/verifications/verifications.css";
import { ScanSearch, Users } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import { Facets } from "#components/verifications/facets.tsx";
import { FilterChips } from "#components/verifications/filter-chips.tsx";
import { Pager } from "#components/verifications/pager.tsx";
import { TimeLine } from "#components/verifications/time-line.tsx";
import { VerificationsHead } from "#components/verifications/verifications-head.tsx";
import { VerificationsTable } from "#components/verifications/verifications-table.tsx";
import { loadVerifications, type VerificationsData } from "#lib/verifications/loaders.ts";
import type { VerificationFilters } from "#lib/verifications/types.ts";
import { parseVerificationsSearch, type VerificationsSearch, verificationsPath } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VerificationsPage({ searchParams }: PageProps) {
  const search = parseVerificationsSearch(await searchParams);
  const data = await loadVerifications(search.filters, search);
  return <Verifications search={search} data={data} />;
}

function Verifications({ search, data }: { search: VerificationsSearch; data: VerificationsData }) {
  const { filters, order } = search;
  const hrefOf = (changed: VerificationFilters) =>
    verificationsPath({ filters: changed, order, cursor: null });
  const all = data.bars.flatMap(({ cells }) => cells);
  const inRange = data.bars.filter(({ at }) => at >= data.limits.from && at < data.limits.to);
  return (
    <Page>
      <VerificationsHead cells={all} window={filters.window} />
      <div className="acts filter-acts">
        <FilterChips filters={filters} hrefOf={hrefOf} />
        {data.hidesTimeLine ? null : <Legend />}
      </div>
      <div className="explore">
        <Facets
          cells={inRange.flatMap(({ cells }) => cells)}
          filters={filters}
          hidesSmallCells={data.hidesSmallCells}
          hrefOf={hrefOf}
        />
        <div>
          {data.hidesTimeLine ? null : (
            <TimeLine bars={data.bars} to={data.window.to} filters={filters} hrefOf={hrefOf} />
          )}
          <Rows search={search} data={data} isEmpty={all.length === 0} />
        </div>
      </div>
    </Page>
  );
}

/** What the two colours of the time line mean. */
function Legend() {
  const t = useTranslations("verifications.histogram");
  return (
    <span className="m small keys">
      <span>
        <span className="key k1" />
        {t("shown")}
      </span>
      <span>
        <span className="key k0" />
        {t("leftOut")}
      </span>
    </span>
  );
}

type RowsProps = { search: VerificationsSearch; data: VerificationsData; isEmpty: boolean };

function Rows({ search, data: { page, shown }, isEmpty }: RowsProps) {
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
