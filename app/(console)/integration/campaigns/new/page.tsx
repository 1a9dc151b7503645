import { ServerOff } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { CampaignForm } from "#components/campaigns/campaign-form.tsx";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import { loadNewCampaign } from "#lib/campaign-results/loaders.ts";
import { IntegrationCrumb } from "../../_components/integration-crumb.tsx";
import { openCampaignAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns"))("form.answer") };
}

export default async function NewCampaignPage() {
  const { origin, kind } = await loadNewCampaign();
  if (kind === "production") return <NotAgainstProduction />;
  return <NewCampaign origin={origin} />;
}

function NewCampaign({ origin }: { origin: string }) {
  const t = useTranslations("campaigns.form");
  return (
    <ClientMessages rooms={["campaigns", "terms", "errors", "proof"]}>
      <CampaignForm
        crumb={<IntegrationCrumb here={t("answer")} />}
        api={{ origin }}
        act={openCampaignAction}
      />
    </ClientMessages>
  );
}

function NotAgainstProduction() {
  const t = useTranslations("campaigns.production");
  return (
    <Page>
      <State
        icon={ServerOff}
        title={t("title")}
        whole
        act={<ButtonLink href="/integration">{t("act")}</ButtonLink>}
      >
        {t("text")}
      </State>
    </Page>
  );
}
