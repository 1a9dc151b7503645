import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";

/** The report of a campaign in the reader's language, and its cells as a table. */
export function ReportLinks({ campaignId }: { campaignId: string }) {
  const t = useTranslations("campaigns.report");
  const locale = useLocale();
  const addressOf = (name: string) => `/api/campaigns/${campaignId}/reports/${name}?locale=${locale}`;
  return (
    <div className="acts">
      <ButtonLink external href={addressOf("report.pdf")}>
        {t("pdf")}
      </ButtonLink>
      <ButtonLink external href={addressOf("cells.csv")}>
        {t("csv")}
      </ButtonLink>
    </div>
  );
}
