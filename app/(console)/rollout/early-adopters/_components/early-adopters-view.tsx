import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { AddByHand } from "#components/early-adopters/add-by-hand.tsx";
import { AdoptersPager } from "#components/early-adopters/adopters-pager.tsx";
import { AdoptersTable } from "#components/early-adopters/adopters-table.tsx";
import { AskAdopter } from "#components/early-adopters/ask-adopter.tsx";
import { CohortHead } from "#components/early-adopters/cohort-head.tsx";
import { ImportFile } from "#components/early-adopters/import-file.tsx";
import { Page } from "#components/layout/page.tsx";
import { CircuitHeldNote } from "#components/service-health/circuit-held-note.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { RailSection, Section } from "#components/ui/section.tsx";
import { State } from "#components/ui/state.tsx";
import type { loadEarlyAdopters } from "#lib/early-adopters/loaders.ts";
import { addAdoptersAction, askAdopterAction, removeAdoptersAction } from "../actions.ts";
import { hrefOf } from "../search-params.ts";

const ACTS = { add: addAdoptersAction, remove: removeAdoptersAction };

/** The cohort: how far it came, whether one is in it, who is, and for those who keep it the ways to add people. */
export function EarlyAdoptersView(props: Awaited<ReturnType<typeof loadEarlyAdopters>>) {
  const { figures, intent, circuitHeldUntil, page, mayChange, sight } = props;
  const t = useTranslations("earlyAdopters");
  const acts = mayChange ? ACTS : null;
  const rail = (
    <>
      {acts === null ? null : (
        <>
          <AddByHand add={acts.add} />
          <ImportFile />
        </>
      )}
      <RailSection title={t("effect.title")}>
        <p className="m2">{t("effect.text")}</p>
      </RailSection>
    </>
  );
  return (
    <ClientMessages rooms={["earlyAdopters", "people", "peopleImport", "errors"]}>
      <Page rail={rail} railLabel={t("rail")} actFirst={mayChange}>
        <CohortHead figures={figures} intent={intent} />
        <CircuitHeldNote until={circuitHeldUntil} />
        <AskAdopter ask={askAdopterAction} acts={acts} />
        <Section
          title={t("list")}
          about={t("newestFirst")}
          end={sight === "masked" ? t("masked") : undefined}
        >
          {page.adopters.length === 0 ? (
            <State icon={Users} title={t("empty.title")}>
              {t(mayChange ? "empty.change" : "empty.read")}
            </State>
          ) : (
            <>
              <AdoptersTable adopters={page.adopters} acts={acts} />
              <AdoptersPager page={page} total={figures.people} hrefOf={hrefOf} />
            </>
          )}
        </Section>
      </Page>
    </ClientMessages>
  );
}
