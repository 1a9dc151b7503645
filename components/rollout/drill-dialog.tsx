"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import type { ChangeDone } from "./act-words.ts";
import { RolloutTrouble } from "./rollout-trouble.tsx";
import { useTold } from "./use-told.ts";

/** Tries the halt: everybody on the legacy login until each gateway has confirmed. */
export function DrillDialog({ version, act }: { version: number; act: Act<ChangeDone> }) {
  const t = useTranslations("rollout.act.drill");
  const common = useTranslations("rollout.act");
  const tell = useTold();
  return (
    <ActDialog
      opener={{ text: t("open") }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{ version }}
      onDone={({ isConfirmed }) => tell(t(isConfirmed ? "done" : "doneUnknown"), isConfirmed)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <WordsField name="reason" label={common("reason")} help={common("reasonHelp")} rows={2} />
          <RolloutTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
