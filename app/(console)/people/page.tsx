import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { PeopleFinder } from "#components/people/people-finder.tsx";
import { CircuitHeldNote } from "#components/service-health/circuit-held-note.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { loadRecentPeople } from "#lib/people/loaders.ts";
import { findListedPeopleAction, searchPeopleAction, settleSearchAction } from "./actions.ts";
import { peopleFiltersSchema } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PeoplePage({ searchParams }: PageProps) {
  const filters = peopleFiltersSchema.parse(await searchParams);
  const { list, circuitHeldUntil, ...shown } = await loadRecentPeople(filters);
  return (
    <Page>
      <CircuitHeldNote until={circuitHeldUntil} />
      <ClientMessages rooms={["people", "terms", "errors"]}>
        <PeopleFinder
          recent={list}
          filters={filters}
          {...shown}
          search={searchPeopleAction}
          settle={settleSearchAction}
          findListed={findListedPeopleAction}
        />
      </ClientMessages>
    </Page>
  );
}
