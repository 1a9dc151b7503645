"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import type { ActedRequest } from "./act-types.ts";
import { RequestTroubleNote } from "./request-trouble.tsx";
import { WordsField } from "./words-field.tsx";

type ReasonedActProps = {
  request: ActedRequest;
  act: Act<unknown>;
  opener: { text: string; look?: "plain" | "link"; icon?: LucideIcon };
  title: string;
  text: string;
  reason: string;
  words: { submit: string; busy: string };
  danger?: boolean;
};

/** An act that says why in the member's own words. */
export function ReasonedAct({ request, act, opener, title, text, reason, words, danger }: ReasonedActProps) {
  const t = useTranslations("request.act");
  return (
    <ActDialog
      opener={opener}
      title={title}
      {...(danger ? { danger } : {})}
      words={{ keep: t("keep"), ...words }}
      act={act}
      about={{ requestId: request.id, version: request.version }}
    >
      {(errors) => (
        <>
          <p className="m2">{text}</p>
          <WordsField name="reason" label={reason} error={errors.reason ? t("missingReason") : undefined} />
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
