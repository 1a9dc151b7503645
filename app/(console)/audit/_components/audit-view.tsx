import "#components/audit/audit.css";
import { useTranslations } from "next-intl";
import { LogFilters } from "#components/audit/log-filters.tsx";
import { WhomFilter } from "#components/audit/whom-filter.tsx";
import { Page } from "#components/layout/page.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import type { LogFilters as Filters } from "#lib/audit-log/types.ts";
import { findSubjectAction } from "../actions.ts";
import { type AuditSearch, auditPath } from "../search-params.ts";
import { EntryInFull } from "./entry-in-full.tsx";
import { LogRows } from "./log-rows.tsx";

/** Who did what: how sure the log is, what it is narrowed to, its rows, and one entry in full. */
export function AuditView({ search, data }: { search: AuditSearch; data: AuditLogData }) {
  const t = useTranslations("audit");
  const { order } = search.place;
  const hrefOf = (filters: Filters) =>
    auditPath({ filters, place: { order, cursor: null, unfold: [] }, entry: null });
  const rail = (
    <div className="audit-rail">
      <EntryInFull search={search} data={data} />
    </div>
  );
  return (
    <ClientMessages rooms={["audit", "errors"]}>
      <Page railLabel={t("entry.label")} rail={rail}>
        <PageHead answer={t("title")} />
        <LogFilters filters={search.filters} names={data.names} offered={data.offered} hrefOf={hrefOf}>
          {data.seesPeople ? (
            <WhomFilter
              isChosen={search.filters.whom.length > 0}
              clearHref={hrefOf({ ...search.filters, whom: [] })}
              find={findSubjectAction}
            />
          ) : null}
        </LogFilters>
        <LogRows search={search} data={data} />
      </Page>
    </ClientMessages>
  );
}
