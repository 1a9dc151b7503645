"use client";

import { useTranslations } from "next-intl";
import {
  type AnswerReason,
  NOT_TRIED_REASONS,
  PATH_REASONS,
  VERIFICATION_REASONS,
} from "#lib/logins/schema.ts";

const isOneOf = <T extends AnswerReason>(reasons: readonly T[], reason: string): reason is T =>
  (reasons as readonly string[]).includes(reason);

/** The gateway's reason in words; a reason a newer gateway gives stands as it came. */
export function useReasonText(): (reason: string) => string {
  const terms = useTranslations("terms");
  const t = useTranslations("sample.dev");
  return (reason) => {
    if (isOneOf(PATH_REASONS, reason)) return terms(`pathReason.${reason}`);
    if (isOneOf(VERIFICATION_REASONS, reason)) return terms(`verificationReason.${reason}`);
    if (!isOneOf(NOT_TRIED_REASONS, reason)) return reason;
    return t(`notTried.${reason as "attempts_used_up" | "gateway_trouble"}`);
  };
}
