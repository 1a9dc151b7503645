import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";

export default function CampaignNotFound() {
  const t = useTranslations("campaigns.notFound");
  return (
    <Page>
      <PageHead answer={t("title")} lead={t("text")} />
      <div className="acts" style={{ paddingTop: 16 }}>
        <ButtonLink href="/integration">{t("act")}</ButtonLink>
      </div>
    </Page>
  );
}
