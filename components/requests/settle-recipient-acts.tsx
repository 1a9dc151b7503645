"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import { RequestTroubleNote } from "./request-trouble.tsx";
import { WordsField } from "./words-field.tsx";

type SettleProps = {
  requestId: string;
  recipient: { id: string; name: string };
  state: "told" | "excused";
  settle: Act<unknown>;
};

/** Notes that whoever else got the data was told, or why they need not be. */
export function SettleRecipient({ requestId, recipient: { id, name }, state, settle }: SettleProps) {
  const t = useTranslations("request.recipients");
  const of = state === "told" ? "tell" : "excuse";
  const missing = useTranslations("request.act");
  return (
    <ActDialog
      opener={{ text: t(`${of}.open`), look: "link" }}
      title={t(`${of}.title`, { name })}
      words={{ keep: t(`${of}.keep`), submit: t(`${of}.submit`), busy: t(`${of}.busy`) }}
      act={settle}
      about={{ requestId, recipientId: id, state }}
    >
      {(errors) => (
        <>
          <WordsField
            name="note"
            label={t(`${of}.note`)}
            error={errors.note ? missing("missingReason") : undefined}
          />
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
