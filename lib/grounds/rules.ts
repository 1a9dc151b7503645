import type { Regime } from "#lib/deadlines/types.ts";
import type { Right } from "#lib/requests/types.ts";

const CONSENTED: ReadonlySet<string> = new Set(["lgpd_11_i_consent", "gdpr_9_2_a_consent"]);

/** Whether the record is held because the person agreed to it, and may take that back. */
export const isByConsent = (basis: string): boolean => CONSENTED.has(basis);

/** Of an erasure the article hangs on the basis: LGPD art. 18 VI reaches what rests on consent, art. 18 IV anything. */
const ERASURE: Record<Regime, { consented: string; other: string }> = {
  lgpd: { consented: "LGPD art. 18 VI", other: "LGPD art. 18 IV" },
  gdpr: { consented: "GDPR art. 17(1)(b)", other: "GDPR art. 17(1)" },
};

const ARTICLES: Record<Exclude<Right, "erasure">, Record<Regime, string>> = {
  consent_withdrawal: { lgpd: "LGPD art. 8 §5, 18 VI", gdpr: "GDPR art. 7(3), 17(1)(b)" },
  rectification: { lgpd: "LGPD art. 18 III", gdpr: "GDPR art. 16" },
  access: { lgpd: "LGPD art. 19 II", gdpr: "GDPR art. 15" },
  block: { lgpd: "LGPD art. 18 IV", gdpr: "GDPR art. 18" },
  deletion: { lgpd: "LGPD art. 16", gdpr: "GDPR art. 5(1)(d), (e)" },
};

const articleOf = (right: Right, law: Regime, isConsented: boolean): string =>
  right === "erasure" ? ERASURE[law][isConsented ? "consented" : "other"] : ARTICLES[right][law];

/**
 * The articles that give the right, under each of the laws that apply, as previews, letters and receipts cite them.
 * `legalBasis` is null where nothing is held.
 */
export function groundsOf(request: {
  right: Right;
  regimes: readonly Regime[];
  legalBasis: string | null;
}): string[] {
  const { right, regimes, legalBasis } = request;
  const isConsented = legalBasis === null || isByConsent(legalBasis);
  return regimes.map((law) => articleOf(right, law, isConsented));
}
