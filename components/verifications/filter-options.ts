import { useTranslations } from "next-intl";
import {
  DEVICE_CLASSES,
  MODALITIES,
  SOURCES,
  VERIFICATION_OUTCOMES,
  VERIFICATION_REASONS,
} from "#lib/logins/schema.ts";
import { toggled } from "#lib/verifications/rules.ts";
import {
  FACET_NAMES,
  type FacetName,
  type RollupCell,
  type VerificationFilters,
} from "#lib/verifications/types.ts";
import { type ApplicationNames, useFacetText } from "./facet-text.ts";
import type { FilterOption } from "./filter-finder.tsx";

type Given = {
  cells: readonly RollupCell[];
  filters: VerificationFilters;
  applications: ApplicationNames;
  hrefOf(filters: VerificationFilters): string;
};

/** Everything that can be filtered for: the whole of each closed list, and the open ones as far as they occurred. */
export function useFilterOptions({ cells, filters, applications, hrefOf }: Given): FilterOption[] {
  const t = useTranslations("verifications.facet");
  const textOf = useFacetText(applications);
  const occurred = (name: FacetName): string[] => [
    ...new Set([...filters[name], ...cells.map((cell) => cell[name])].filter((value) => value !== "")),
  ];
  const values: Record<FacetName, readonly string[]> = {
    outcome: VERIFICATION_OUTCOMES,
    reason: VERIFICATION_REASONS.filter((reason) => reason !== "matched"),
    modality: MODALITIES,
    stage: occurred("stage"),
    channel: occurred("channel"),
    application: Object.keys(applications),
    apiStatus: occurred("apiStatus"),
    device: DEVICE_CLASSES,
    source: SOURCES,
  };
  return FACET_NAMES.flatMap((name) =>
    values[name].map((value) => ({
      facet: t(name),
      text: textOf(name, value),
      href: hrefOf(toggled(filters, name, value)),
      chosen: (filters[name] as readonly string[]).includes(value),
    })),
  );
}
