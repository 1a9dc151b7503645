import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { FacetName, VerificationFacets } from "#lib/verifications/types.ts";

/** The names of applications by their ids. */
export type ApplicationNames = Readonly<Record<string, string>>;

const NONE: ApplicationNames = {};

/**
 * The words for a value of a facet. A channel is the application's own word and stands as it is; `other` is ours, for
 * any that it never registered.
 */
export function useFacetText(applications = NONE): (name: FacetName, value: string) => string {
  const t = useTranslations("terms");
  const unknown = useTranslations("verifications.application");
  const status = useTranslations("verifications.apiStatus");
  return useCallback(
    (name: FacetName, value: string) => {
      switch (name) {
        case "outcome":
          return t(`verificationOutcome.${value as VerificationFacets["outcome"][number]}`);
        case "reason":
          return t(`verificationReason.${value as VerificationFacets["reason"][number]}`);
        case "modality":
          return t(`modality.${value as VerificationFacets["modality"][number]}`);
        case "source":
          return t(`source.${value as VerificationFacets["source"][number]}`);
        case "stage":
          return `${value}\u00a0%`;
        case "application":
          return applications[value] ?? unknown("unknown");
        case "apiStatus":
          return value === "0" ? status("none") : value;
        case "device":
          return t(`deviceClass.${value as VerificationFacets["device"][number]}`);
        case "channel":
          return value === "other" ? t("channel.other") : value;
      }
    },
    [t, unknown, status, applications],
  );
}
