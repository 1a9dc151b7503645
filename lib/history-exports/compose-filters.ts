import { settle } from "#lib/verification-counts/rules.ts";
import type { VerificationFilters } from "#lib/verifications/types.ts";
import type { ExportFilters } from "./types.ts";

/** What the list is narrowed to at this moment, in the zone that its days begin by, as an export keeps it. */
export function composeFilters(asked: VerificationFilters, now: Date, timeZone: string): ExportFilters {
  const { filters, limits } = settle(asked, now, timeZone);
  const { window: _, range: __, ...facets } = filters;
  return { ...facets, ...limits };
}
