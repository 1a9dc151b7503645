import { useTranslations } from "next-intl";
import { Freshness } from "#components/layout/freshness.tsx";
import { useRequestTerms } from "#components/requests/terms.ts";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { FilterChoices } from "#components/ui/filter-choices.tsx";
import { FilterMenu } from "#components/ui/filter-menu.tsx";
import { REGIMES } from "#lib/deadlines/types.ts";
import type { InboxData } from "#lib/inbox/loaders.ts";
import { type InboxFilters, type InboxPlace, NEXT_FILTERS } from "#lib/inbox/types.ts";
import { isClosed } from "#lib/requests/rules.ts";
import { REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";
import { inboxPath } from "../search-params.ts";

type BarProps = { place: InboxPlace; data: InboxData };
type Choices = { [Name in keyof InboxFilters]: readonly InboxFilters[Name][number][] };

/** What the list is narrowed to, each filter a chip that opens its choices, and how the rows stand. */
export function InboxFilterBar({ place, data }: BarProps) {
  const t = useTranslations("requests");
  const { on_track, due_soon, overdue } = data.counts;
  const isOpen = place.tab !== "closed";
  return (
    <div className="acts inbox-bar">
      <Filters place={place} />
      <span className="end m small">
        {isOpen ? t("counts", { onTrack: on_track, soon: due_soon, over: overdue }) : null}
      </span>
      <ClientMessages rooms={["common"]}>
        <Freshness asOf={data.now} />
      </ClientMessages>
    </div>
  );
}

function Filters({ place }: { place: InboxPlace }) {
  const t = useTranslations("requests");
  const terms = useRequestTerms();
  const isOpen = place.tab !== "closed";
  const choices: Choices = {
    right: RIGHTS,
    step: REQUEST_STATES.filter((state) => isClosed(state) !== isOpen),
    law: REGIMES,
    next: isOpen ? NEXT_FILTERS : [],
  };
  const words = {
    right: (value: InboxFilters["right"][number]) => terms.right(value),
    step: (value: InboxFilters["step"][number]) => t(`state.${value}`),
    law: (value: InboxFilters["law"][number]) => t(`regime.${value}`),
    next: (value: InboxFilters["next"][number]) => t(`filter.who.${value}`),
  };
  function chip<Name extends keyof InboxFilters>(
    name: Name,
    title: string,
    textOf: (value: InboxFilters[Name][number]) => string,
  ) {
    type Value = InboxFilters[Name][number];
    const chosen: readonly Value[] = place.filters[name];
    const offered: readonly Value[] = choices[name];
    if (offered.length === 0) return null;
    const hrefOf = (values: readonly Value[]) =>
      inboxPath({ ...place, cursor: null, filters: { ...place.filters, [name]: values } });
    return (
      <FilterMenu
        key={name}
        name={title}
        chosen={chosen.map(textOf).join(", ") || null}
        clearHref={hrefOf([])}
        words={{
          choose: t("filter.choose", { name: title }),
          remove: t("filter.remove", { name: title }),
        }}
      >
        <FilterChoices
          choices={offered.map((value) => ({
            id: value,
            text: textOf(value),
            chosen: chosen.includes(value),
            href: hrefOf(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]),
          }))}
        />
      </FilterMenu>
    );
  }
  return (
    <>
      {chip("right", t("filter.right"), words.right)}
      {chip("step", t("filter.step"), words.step)}
      {chip("law", t("filter.law"), words.law)}
      {chip("next", t("filter.next"), words.next)}
    </>
  );
}
