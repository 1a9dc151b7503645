import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { type CampaignDraft, meaningOf } from "./campaign-draft.ts";

/** What the campaign asks of testers and of the company's plan, as it stands. */
export function CampaignMeaning({ draft, api }: { draft: CampaignDraft; api: { origin: string } }) {
  const t = useTranslations("campaigns.form.meaning");
  const format = useFormatter();
  const meaning = meaningOf(draft);
  const write = (value: number | undefined) => (value === undefined ? "–" : format.number(value));
  return (
    <>
      <RailSection title={t("title")}>
        <dl className="dl" aria-live="polite">
          <dt>{t("cells")}</dt>
          <dd>{write(meaning?.cells)}</dd>
          <dt>{t("tries")}</dt>
          <dd>{write(meaning?.triesOnDevice)}</dd>
          <dt>{t("testersPerDevice")}</dt>
          <dd>{write(meaning?.testersPerDevice)}</dd>
          <dt>{t("testers")}</dt>
          <dd>{write(meaning?.testers)}</dd>
          <dt>{t("calls")}</dt>
          <dd>{write(meaning?.calls)}</dd>
        </dl>
        {meaning === null ? null : (
          <p className="small m" style={{ paddingTop: 8 }}>
            {t("callsAbout", { ofLink: meaning.callsOfLink })}
          </p>
        )}
      </RailSection>
      <RailSection title={t("against")}>
        <p className="mono breaks">{new URL(api.origin).host}</p>
        <p className="small m" style={{ paddingTop: 8 }}>
          {t("againstAbout")}
        </p>
      </RailSection>
    </>
  );
}
