"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { Note } from "#components/ui/note.tsx";
import type { TemplateChoice } from "#lib/rollout/schema.ts";
import type { SettleRefusal } from "#lib/templates/types.ts";

type ChooseTemplatesProps = {
  choice: TemplateChoice;
  enrolled: number;
  about: { rolloutId: string; seenId: string; choice: TemplateChoice };
  act: Act<null>;
};

/** One choice: what it does in figures, how to undo it, and why it is made. */
export function ChooseTemplates({ choice, enrolled, about, act }: ChooseTemplatesProps) {
  const t = useTranslations("templates");
  const text = (name: "open" | "question" | "what" | "undo" | "submit" | "busy") =>
    t(`choices.${choice}.${name}`, { people: enrolled });
  return (
    <ActDialog
      opener={{ text: text("open"), small: true, look: choice === "erase" ? "danger" : "plain" }}
      title={text("question")}
      {...(choice === "keep" ? {} : { danger: true })}
      words={{ keep: t("choices.back"), submit: text("submit"), busy: text("busy") }}
      act={act}
      about={about}
    >
      {(errors) => (
        <>
          <p className="m2">{text("what")}</p>
          <p className="m2">{text("undo")}</p>
          <WordsField
            name="reason"
            label={t("choices.reason")}
            help={t("choices.reasonHelp")}
            error={errors.reason ? t("choices.missingReason") : undefined}
          />
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

const TROUBLES = ["not_rolled_back", "list_open"] as const satisfies readonly SettleRefusal[];

/** Why it could not be chosen, in one sentence. */
function Trouble({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("templates.trouble");
  const trouble = TROUBLES.find((code) => errors.templates?.includes(code));
  return trouble === undefined ? null : <Note tone="bad">{t(trouble)}</Note>;
}
