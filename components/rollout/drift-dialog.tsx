"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import type { ChangeDone } from "./act-words.ts";
import { RolloutTrouble } from "./rollout-trouble.tsx";
import { useTold } from "./use-told.ts";

type DriftDialogProps = {
  kind: "adopt" | "revert";
  /** What would be asked for from then on, in words. */
  to: string;
  about: { version: number; digest: string };
  act: Act<ChangeDone>;
};

/** Ends a drift: what Unleash says is adopted, or what was asked is put back. */
export function DriftDialog({ kind, to, about, act }: DriftDialogProps) {
  const t = useTranslations("rollout.drift");
  const common = useTranslations("rollout.act");
  const history = useTranslations("rollout.history.kind");
  const tell = useTold();
  const what = history(kind, { to });
  return (
    <ActDialog
      opener={{ text: t(`${kind}.open`, { to }), look: kind === "revert" ? "primary" : "plain" }}
      title={t(`${kind}.title`)}
      words={{ keep: t(`${kind}.keep`), submit: t(`${kind}.submit`), busy: t(`${kind}.busy`) }}
      act={act}
      about={about}
      onDone={({ isConfirmed }) => tell(common(isConfirmed ? "done" : "doneUnknown", { what }), isConfirmed)}
    >
      {(errors) => (
        <>
          <p className="m2">{t(`${kind}.text`, { to })}</p>
          <WordsField
            name="reason"
            label={common("reason")}
            help={common("reasonHelp")}
            rows={2}
            error={errors.reason ? common("reasonMissing") : undefined}
          />
          <RolloutTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
