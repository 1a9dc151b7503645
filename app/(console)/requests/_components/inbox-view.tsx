import "#components/requests/inbox.css";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { InboxHead } from "#components/requests/inbox-head.tsx";
import { InboxLists } from "#components/requests/inbox-lists.tsx";
import { InboxTabs } from "#components/requests/inbox-tabs.tsx";
import { NewRequestLink } from "#components/requests/new-request-link.tsx";
import { RequestFinder } from "#components/requests/request-finder.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { InboxData } from "#lib/inbox/loaders.ts";
import { INBOX_TABS, type InboxPlace } from "#lib/inbox/types.ts";
import { findRequestsAction } from "../actions.ts";
import { inboxPath, NO_FILTERS } from "../search-params.ts";
import { InboxFilterBar } from "./inbox-filter-bar.tsx";
import { InboxRows } from "./inbox-rows.tsx";

/** What is due, whose turn it is, and what is stuck. */
export function InboxView({ place, data }: { place: InboxPlace; data: InboxData }) {
  const t = useTranslations("requests");
  const tabs = INBOX_TABS.map((tab) => ({
    tab,
    count: tab === "closed" ? null : data.tabs[tab],
    href: inboxPath({
      tab,
      filters: NO_FILTERS,
      order: { by: "due", isDescending: tab === "closed" },
      cursor: null,
    }),
  }));
  return (
    <Page>
      <InboxHead
        head={data.head}
        acts={
          data.mayOpen ? (
            <>
              <ButtonLink href="/requests/lists/new" icon={Upload}>
                {t("acts.fromCsv")}
              </ButtonLink>
              <ClientMessages rooms={["requests"]}>
                <NewRequestLink />
              </ClientMessages>
            </>
          ) : null
        }
      />
      <ClientMessages rooms={["requests", "errors"]}>
        <RequestFinder find={findRequestsAction} />
      </ClientMessages>
      <InboxTabs tabs={tabs} current={place.tab} />
      {data.lists.length === 0 ? null : <InboxLists lists={data.lists} />}
      <InboxFilterBar place={place} data={data} />
      <InboxRows place={place} data={data} />
      <p className="small m inbox-note">{t("note")}</p>
    </Page>
  );
}
