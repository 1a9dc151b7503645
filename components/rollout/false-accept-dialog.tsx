"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { useTold } from "./use-told.ts";

/** Reports that somebody got in as somebody else: it stops the rollout whatever the figures say. */
export function FalseAcceptDialog({ act }: { act: Act<unknown> }) {
  const t = useTranslations("rollout.act.falseAccept");
  const common = useTranslations("rollout.act");
  const tell = useTold();
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title")}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{}}
      onDone={() => tell(t("done"), true)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <Field
            name="loginId"
            label={t("login")}
            help={t("loginHelp")}
            className="mono"
            autoComplete="off"
            error={errors.loginId ? t("loginWrong") : undefined}
          />
          <WordsField
            name="reason"
            label={common("reason")}
            help={common("reasonHelp")}
            rows={2}
            error={errors.reason ? common("reasonMissing") : undefined}
          />
        </>
      )}
    </ActDialog>
  );
}
