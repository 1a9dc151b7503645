import "#components/audit/audit.css";
import { useTranslations } from "next-intl";
import { HowSure } from "#components/audit/how-sure.tsx";
import { LastExport } from "#components/audit/last-export.tsx";
import { LogFilters } from "#components/audit/log-filters.tsx";
import { LogHead } from "#components/audit/log-head.tsx";
import { WhomFilter } from "#components/audit/whom-filter.tsx";
import { Page } from "#components/layout/page.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import type { LogFilters as Filters } from "#lib/audit-log/types.ts";
import { findSubjectAction } from "../actions.ts";
import { type AuditSearch, auditPath } from "../search-params.ts";
import { AuditActs } from "./audit-acts.tsx";
import { Checkpoints } from "./checkpoints.tsx";
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
      <HowSure newest={data.checkpoints[0] ?? null} publicKey={data.publicKey} isOwner={data.isOwner} />
      <LastExport
        last={data.lastExport}
        href={
          data.lastExport !== null && data.maySeeExport
            ? auditPath({ ...search, entry: data.lastExport.id })
            : null
        }
      />
    </div>
  );
  return (
    <ClientMessages rooms={["audit", "errors"]}>
      <Page railLabel={t("entry.label")} rail={rail}>
        <LogHead state={data.state} now={data.now} acts={<AuditActs search={search} data={data} />} />
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
        <Checkpoints data={data} />
      </Page>
    </ClientMessages>
  );
}
