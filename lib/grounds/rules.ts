import type { Regime } from "#lib/deadlines/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { PreviewItem, Right } from "#lib/requests/types.ts";

const CONSENTED: ReadonlySet<string> = new Set(["lgpd_11_i_consent", "gdpr_9_2_a_consent"]);

/** Whether the record is held because the person agreed to it, and may take that back. */
export const isByConsent = (basis: string): boolean => CONSENTED.has(basis);

/** The law that a legal basis is of. */
export const lawOf = (basis: string): Regime => (basis.startsWith("gdpr_") ? "gdpr" : "lgpd");

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

/** What is held of a person, in numbers. */
export type Held = {
  /** Null where nothing is held. */
  legalBasis: LegalBasis | null;
  face: boolean;
  fingers: number;
  /** The CustomID beside our own id, and the BioPassID where it is known. */
  mapping: number;
  /** Their CustomID in the list of early adopters, enrolled or not. */
  earlyAdopter: number;
  sealedKeys: number;
  auditEntries: number;
  history: number;
  attempts: number;
  /** For how many days the retention keeps history. */
  historyDays: number;
};

/** A request as far as its preview hangs on it. */
export type Asked = { right: Right; regimes: readonly Regime[] };

const present = (items: readonly PreviewItem[]): PreviewItem[] => items.filter((item) => item.items > 0);

/** What goes when the request is granted; nothing where the right takes nothing away. */
export function goesOf({ right, regimes }: Asked, held: Held): PreviewItem[] {
  const article = groundsOf({ right, regimes, legalBasis: held.legalBasis }).join("; ");
  const templates: PreviewItem[] = [
    { kind: "face_template", items: held.face ? 1 : 0, where: "api", article },
    { kind: "finger_templates", items: held.fingers, where: "api", article },
  ];
  if (right === "access" || right === "block") return [];
  if (right === "rectification") return present(templates);
  return present([
    ...templates,
    { kind: "mapping", items: held.mapping, where: "gatehouse", article },
    { kind: "early_adopter", items: held.earlyAdopter, where: "gatehouse", article },
    { kind: "sealed_details", items: held.sealedKeys, where: "audit_log", article },
  ]);
}

/** Why something stays under each law: as nobody's data any more, as evidence of consent, as the record of processing. */
const STAYS_BY: Record<"history" | "enrolment_attempts" | "audit_entries", Record<Regime, string>> = {
  history: { lgpd: "LGPD art. 12", gdpr: "GDPR art. 11(1)" },
  enrolment_attempts: { lgpd: "LGPD art. 8 §2, 16 I", gdpr: "GDPR art. 7(1), 17(3)(e)" },
  audit_entries: { lgpd: "LGPD art. 37", gdpr: "GDPR art. 5(2), 30" },
};

/** What stays, by which articles of the request's laws, and for how long the retention keeps it. */
export function staysOf({ regimes }: Asked, held: Held): PreviewItem[] {
  const by = (kind: keyof typeof STAYS_BY) => ({
    kind,
    article: regimes.map((law) => STAYS_BY[kind][law]).join("; "),
  });
  return present([
    { ...by("history"), items: held.history, where: "gatehouse", keptDays: held.historyDays },
    { ...by("enrolment_attempts"), items: held.attempts, where: "gatehouse", keptDays: null },
    { ...by("audit_entries"), items: held.auditEntries, where: "audit_log", keptDays: null },
  ]);
}
