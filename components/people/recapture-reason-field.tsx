"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { RECAPTURE_REASONS, type RecaptureReason } from "#lib/enrolments/schema.ts";

type RecaptureReasonFieldProps = {
  reason: RecaptureReason | "";
  onReason(reason: RecaptureReason | ""): void;
  missing: boolean;
};

/** Why it is replaced, from the closed list that the audit log keeps. */
export function RecaptureReasonField({ reason, onReason, missing }: RecaptureReasonFieldProps) {
  const t = useTranslations("people.person.recapture");
  const id = useId();
  return (
    <div className={classNames("field", missing && "err")}>
      <label htmlFor={id}>{t("reason")}</label>
      <select
        id={id}
        className="in"
        value={reason}
        aria-invalid={missing || undefined}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => onReason(RECAPTURE_REASONS.find((known) => known === target.value) ?? "")}
      >
        <option value="">{t("reasonChoose")}</option>
        {RECAPTURE_REASONS.map((known) => (
          <option key={known} value={known}>
            {t(`reasons.${known}`)}
          </option>
        ))}
      </select>
      <small id={`${id}-note`}>
        {missing ? (
          <>
            <Icon of={CircleAlert} size={14} /> {t("reasonMissing")}
          </>
        ) : (
          t("reasonHelp")
        )}
      </small>
    </div>
  );
}
