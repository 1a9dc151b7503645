"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";

type CloseCampaignProps = {
  campaign: { id: string; name: string };
  /** Links that still open something, and testers whose biometrics the API may hold. */
  effect: { links: number; enrolled: number; tries: number };
  act: Act<null>;
};

/** Closes a campaign, after it said what that ends and what stays. */
export function CloseCampaign({ campaign, effect, act }: CloseCampaignProps) {
  const t = useTranslations("campaigns.close");
  return (
    <ActDialog
      opener={{ text: t("open"), look: "danger" }}
      title={t("question", { name: campaign.name })}
      danger
      words={{ keep: t("keep"), submit: t("do"), busy: t("busy") }}
      act={act}
      about={{ campaignId: campaign.id }}
    >
      <ul className="will-list">
        <li>{t("links", { count: effect.links })}</li>
        <li>{t("enrolled", { count: effect.enrolled })}</li>
        <li>{t("stays", { count: effect.tries })}</li>
      </ul>
      <p className="small m">{t("final")}</p>
    </ActDialog>
  );
}
