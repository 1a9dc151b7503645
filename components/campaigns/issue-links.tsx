"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import { Field } from "#components/ui/field.tsx";
import { type HandedLinks, useNewLinks } from "./new-links.tsx";

type IssueLinksProps = { campaignId: string; suggested: number; act: Act<HandedLinks> };

/** Makes links for so many more testers; they are shown once. */
export function IssueLinks({ campaignId, suggested, act }: IssueLinksProps) {
  const t = useTranslations("campaigns.issue");
  const { show } = useNewLinks();
  return (
    <ActDialog
      opener={{ text: t("open"), look: "primary", icon: Link2 }}
      title={t("question")}
      words={{ keep: t("keep"), submit: t("do"), busy: t("busy") }}
      act={act}
      about={{ campaignId }}
      onDone={show}
    >
      {(errors) => (
        <>
          <p className="m2">{t("what")}</p>
          <Field
            label={t("count")}
            help={t("countHelp")}
            error={
              errors.count === undefined
                ? undefined
                : t(errors.count.includes("too_many") ? "tooMany" : "countWrong")
            }
            name="count"
            type="text"
            inputMode="numeric"
            maxLength={3}
            defaultValue={suggested}
            autoComplete="off"
          />
        </>
      )}
    </ActDialog>
  );
}
