"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import { IDENTITY_METHODS } from "#lib/requests/types.ts";
import type { ActedRequest, RequestActs } from "./act-types.ts";
import { RequestTroubleNote } from "./request-trouble.tsx";
import { useRequestTerms } from "./terms.ts";

type Of<K extends keyof RequestActs> = { request: ActedRequest } & Pick<RequestActs, K>;

const about = ({ id, version }: ActedRequest) => ({ requestId: id, version });

/** Notes that the person was asked to show who they are. */
export function AskIdentity({ request, askIdentity }: Of<"askIdentity">) {
  const t = useTranslations("request.act");
  return (
    <ActDialog
      opener={{ text: t("ask.open") }}
      title={t("ask.title")}
      words={{ keep: t("keep"), submit: t("ask.submit"), busy: t("ask.busy") }}
      act={askIdentity}
      about={about(request)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("ask.text")}</p>
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** It is known who is asking; of how, only the method. */
export function ConfirmIdentity({ request, confirmIdentity }: Of<"confirmIdentity">) {
  const t = useTranslations("request.act");
  const terms = useRequestTerms();
  return (
    <ActDialog
      opener={{ text: t("confirm.open"), look: "primary" }}
      title={t("confirm.title")}
      words={{ keep: t("keep"), submit: t("confirm.submit"), busy: t("confirm.busy") }}
      act={confirmIdentity}
      about={about(request)}
    >
      {(errors) => (
        <>
          <ChoiceField
            name="method"
            label={t("confirm.method")}
            choices={IDENTITY_METHODS.map((value) => ({ value, text: terms.method(value) }))}
            error={errors.method ? t("confirm.missing") : undefined}
          />
          <p className="m2">{t("confirm.text")}</p>
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

type CloseProps = Of<"close"> & { reasons: readonly ("duplicate" | "not_controller" | "unverified")[] };

/** Ends what is not ours to decide. */
export function CloseRequest({ request, close, reasons }: CloseProps) {
  const t = useTranslations("request.act");
  return (
    <ActDialog
      opener={{ text: t("close.open"), look: "link" }}
      title={t("close.title")}
      danger
      words={{ keep: t("keep"), submit: t("close.submit"), busy: t("close.busy") }}
      act={close}
      about={about(request)}
    >
      {(errors) => (
        <>
          <ChoiceField
            name="reason"
            label={t("close.reason")}
            choices={reasons.map((value) => ({
              value,
              text: t(`close.${value}`),
              help: t(`close.${value}Help`),
            }))}
            error={errors.reason ? t("close.missing") : undefined}
          />
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
