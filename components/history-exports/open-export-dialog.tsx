"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import type { Act } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { chosenFile, columnsOf } from "#lib/history-exports/rules.ts";
import { type ExportChoice, LONGEST_REASON } from "#lib/history-exports/types.ts";

export type Opened = { exportId: string; rowsExpected: number };

type OpenExportDialogProps = {
  search: string;
  total: number;
  choices: readonly ExportChoice[];
  act: Act<Opened>;
  onDone(opened: Opened): void;
};

/** What leaves, how much of it, whether it names people, and why. */
export function OpenExportDialog({ search, total, choices, act, onDone }: OpenExportDialogProps) {
  const t = useTranslations("historyExports");
  const errorOf = (errors: readonly string[] | undefined) =>
    errors && t(`reasonError.${errors[0] === "long" ? "long" : "missing"}`, { longest: LONGEST_REASON });
  return (
    <ActDialog
      opener={{ text: t("open"), icon: Download }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{ search }}
      onDone={onDone}
    >
      {(errors) => (
        <>
          <p className="m2">{t("lead", { count: total })}</p>
          <ChoiceField
            name="what"
            label={t("what")}
            defaultValue={choices[0]}
            choices={choices.map((choice) => {
              const { kind, namesPeople } = chosenFile(choice);
              const columns = columnsOf(kind, namesPeople).length;
              return {
                value: choice,
                text: t(`choice.${choice}.text`),
                help: t(`choice.${choice}.help`, { columns }),
              };
            })}
          />
          <WordsField
            name="reason"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={2}
            longest={LONGEST_REASON}
            error={errorOf(errors.reason)}
          />
          <p className="small m">{t("audited")}</p>
        </>
      )}
    </ActDialog>
  );
}
