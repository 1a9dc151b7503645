"use client";

import { useTranslations } from "next-intl";
import { Copy } from "#components/ui/copy.tsx";
import { Field } from "#components/ui/field.tsx";
import type { CodeAppOffer } from "#lib/auth/types.ts";
import type { FirstCodeFailure } from "./use-set-up.ts";

type CodeAppScanProps = { offer: CodeAppOffer; failure: FirstCodeFailure | null };

const GROUPS = /.{4}/g;

/** The secret as a picture for a phone's camera and as letters for a hand, and the field for the first code. */
export function CodeAppScan({ offer: { secret, picture }, failure }: CodeAppScanProps) {
  const t = useTranslations("proof.scan");
  return (
    <div className="code-app-scan">
      {/* Dark on white in either appearance: cameras read nothing else for sure. */}
      <svg
        className="code-picture"
        viewBox={`0 0 ${picture.size} ${picture.size}`}
        role="img"
        aria-label={t("picture")}
        shapeRendering="crispEdges"
      >
        <rect width={picture.size} height={picture.size} fill="#fff" />
        <path d={picture.path} fill="#000" />
      </svg>
      <div className="form">
        <p>{t("scan")}</p>
        <div className="secret-letters">
          <span className="small m">{t("letters")}</span>
          <code translate="no">{secret.match(GROUPS)?.join(" ")}</code>
          <Copy text={secret} what={t("secret")} />
        </div>
        <Field
          label={t("code")}
          help={t("codeHelp")}
          error={failure === null ? undefined : t(`wrong.${failure}`)}
          name="typed"
          className="code-field"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
        />
      </div>
    </div>
  );
}
