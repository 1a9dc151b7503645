import type { Regime } from "#lib/deadlines/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { DenialGround, Right } from "#lib/requests/types.ts";
import type { Ground, Reach } from "./types.ts";

const CONSENTED: ReadonlySet<string> = new Set(["lgpd_11_i_consent", "gdpr_9_2_a_consent"]);

/** Whether the record is held because the person agreed to it, and may take that back. */
export const isByConsent = (basis: string): boolean => CONSENTED.has(basis);

/** The law a basis is of; where nothing is held, the LGPD's articles are named. */
const lawOf = (basis: LegalBasis | null): Regime => (basis?.startsWith("gdpr_") ? "gdpr" : "lgpd");

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

/** For what a record on this basis is kept when somebody asks for its erasure. */
const KEPT_FOR: Partial<Record<LegalBasis, DenialGround>> = {
  lgpd_11_ii_a_legal_obligation: "legal_obligation",
  lgpd_11_ii_d_exercise_of_rights: "exercise_of_rights",
  lgpd_11_ii_g_fraud_prevention: "fraud_prevention",
  gdpr_9_2_g_public_interest: "legal_obligation",
};

const articleOf = (right: Right, law: Regime, isConsented: boolean): string =>
  right === "erasure" ? ERASURE[law][isConsented ? "consented" : "other"] : ARTICLES[right][law];

/** The articles that give the right, under each of the laws that apply, as letters and receipts cite them. */
export function groundsOf(request: {
  right: Right;
  regimes: readonly Regime[];
  legalBasis: string | null;
}): string[] {
  const { right, regimes, legalBasis } = request;
  const isConsented = legalBasis === null || isByConsent(legalBasis);
  return regimes.map((law) => articleOf(right, law, isConsented));
}

/**
 * By which article a right reaches a record, how far, and for what the rest of it is usually kept. It guides whoever
 * assesses; what is decided, people decide. `basis` is null where nothing is held.
 */
export function groundFor(right: Right, basis: LegalBasis | null): Ground {
  const isConsented = basis === null || isByConsent(basis);
  const article = articleOf(right, lawOf(basis), isConsented);
  const reach = reachOf(right, isConsented);
  const keptFor = basis !== null && reach !== "whole" ? (KEPT_FOR[basis] ?? null) : null;
  return { article, reach, keptFor };
}

function reachOf(right: Right, isConsented: boolean): Reach {
  if (right === "erasure") return isConsented ? "whole" : "unneeded";
  if (right === "consent_withdrawal") return isConsented ? "whole" : "no_consent";
  return right === "block" ? "unneeded" : "whole";
}
