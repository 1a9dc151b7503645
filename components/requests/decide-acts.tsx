"use client";

import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { shortHash } from "#components/audit/short.ts";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";
import type { DenialGround } from "#lib/requests/types.ts";
import type { ActedRequest } from "./act-types.ts";
import { RequestTroubleNote } from "./request-trouble.tsx";
import { useRequestTerms } from "./terms.ts";

type DecideProps = {
  request: ActedRequest;
  digest: string;
  /** Null where it is proposed to grant. */
  denialGround: DenialGround | null;
  decide: Act<unknown>;
};

/** Lets the proposal become the decision; asks for a second factor where the last proof is too old. */
export function DecideRequest({ request, digest, denialGround, decide }: DecideProps) {
  const t = useTranslations("request.act");
  const subjects = useTranslations("request.subject");
  const terms = useRequestTerms();
  const of = denialGround === null ? "approve" : "deny";
  return (
    <ActDialog
      opener={{ text: t(`${of}.open`), look: "primary", icon: ShieldCheck }}
      title={
        denialGround === null ? t("approve.title", { subject: subjects(request.right) }) : t("deny.title")
      }
      danger={denialGround !== null || request.right !== "access"}
      words={{ keep: t("keep"), submit: t(`${of}.submit`), busy: t(`${of}.busy`) }}
      act={decide}
      about={{ requestId: request.id, version: request.version, previewDigest: digest }}
    >
      {(errors) => (
        <>
          <p className="m2">
            {denialGround === null
              ? t("approve.text", { digest: shortHash(digest) })
              : t("deny.text", { ground: terms.ground(denialGround) })}
          </p>
          {request.right === "rectification" && denialGround === null ? (
            <p className="m2">{t("approve.capture")}</p>
          ) : null}
          <RequestTroubleNote errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
