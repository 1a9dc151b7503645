import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { PagerWays } from "#components/data-table/pager-ways.tsx";
import { InboxTable } from "#components/requests/inbox-table.tsx";
import { isToDecide } from "#components/requests/to-decide.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import type { InboxData } from "#lib/inbox/loaders.ts";
import { INBOX_SORTS, type InboxPlace, type InboxRow, type InboxSort } from "#lib/inbox/types.ts";
import { inboxPath, NO_FILTERS } from "../search-params.ts";

type RowsProps = { place: InboxPlace; data: InboxData };

/** One page of the list, or why there is nothing in it. */
export function InboxRows({ place, data }: RowsProps) {
  if (data.rows.length === 0) return <NoRows place={place} data={data} />;
  const { order } = place;
  const isClosed = place.tab === "closed";
  const sortHrefs = Object.fromEntries(
    INBOX_SORTS.map((by) => [
      by,
      inboxPath({
        ...place,
        cursor: null,
        order: { by, isDescending: order.by === by ? !order.isDescending : isClosed },
      }),
    ]),
  ) as Record<InboxSort, string>;
  return (
    <>
      <ClientMessages rooms={["requests"]}>
        <InboxTable rows={data.rows} order={order} sortHrefs={sortHrefs} isClosed={isClosed} />
      </ClientMessages>
      <Pager place={place} data={data} />
    </>
  );
}

function Pager({ place, data: { rows, total, hasPrevious, hasNext, isMore } }: RowsProps) {
  const t = useTranslations("requests.pager");
  const isClosed = place.tab === "closed";
  const isAll = !(hasPrevious || hasNext || isMore);
  const said = isMore ? "more" : isAll ? "all" : isClosed ? "page" : "of";
  const hrefAt = (row: InboxRow | undefined, direction: "after" | "before") =>
    row === undefined
      ? null
      : inboxPath({ ...place, cursor: { at: row.closedAt ?? row.receivedAt, id: row.id, direction } });
  return (
    <div className="pager">
      {rows.some(isToDecide) ? (
        <span className="only-wide">
          <kbd>A</kbd> {t("approve")}
        </span>
      ) : null}
      <span role="status">{t(said, { count: rows.length, total })}</span>
      <PagerWays
        isNewestFirst={isClosed && place.order.isDescending}
        previousHref={hasPrevious ? hrefAt(rows[0], "before") : null}
        nextHref={hasNext ? hrefAt(rows.at(-1), "after") : null}
      />
    </div>
  );
}

/** What would stand here, and the act that helps. */
function NoRows({ place, data }: RowsProps) {
  const t = useTranslations("requests.none");
  const isFiltered = Object.values(place.filters).some((values) => values.length > 0);
  if (isFiltered)
    return (
      <State
        icon={Inbox}
        title={t("filtered.title")}
        act={
          <ButtonLink href={inboxPath({ ...place, filters: NO_FILTERS, cursor: null })}>
            {t("filtered.act")}
          </ButtonLink>
        }
      >
        {t("filtered.text")}
      </State>
    );
  const isFirst = place.tab === "open" && data.mayOpen;
  return (
    <State
      icon={Inbox}
      title={t(`${place.tab}.title`)}
      act={isFirst ? <ButtonLink href="/requests/new">{t("open.act")}</ButtonLink> : null}
    >
      {t(`${place.tab}.text`)}
    </State>
  );
}
