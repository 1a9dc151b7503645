"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import type { ActedRequest } from "./act-types.ts";
import { RequestTroubleNote } from "./request-trouble.tsx";

type PlainActProps = { request: ActedRequest; act: Act<unknown>; words: "retry" | "handOver" };

/** An act that asks nothing but whether it is meant. */
export function PlainAct({ request, act, words }: PlainActProps) {
  const t = useTranslations("request.act");
  return (
    <ActDialog
      opener={{ text: t(`${words}.open`), look: "primary" }}
      title={t(`${words}.title`)}
      words={{ keep: t("keep"), submit: t(`${words}.submit`), busy: t(`${words}.busy`) }}
      act={act}
      about={{ requestId: request.id, version: request.version }}
    >
      {(errors) => (
        <>
          <p className="m2">{t(`${words}.text`)}</p>
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
