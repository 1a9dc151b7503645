import type { Regime } from "#lib/deadlines/types.ts";
import type { DenialGround, RequestState, Right } from "#lib/requests/types.ts";
import { DOCUMENTS, type DocumentName, type Unavailable } from "./types.ts";

/** The article by which a request may be denied, under each law. */
const DENIED_BY: Record<Regime, Record<DenialGround, string>> = {
  lgpd: {
    legal_obligation: "art. 16 I",
    exercise_of_rights: "art. 11 II d",
    fraud_prevention: "art. 11 II g",
    nothing_held: "art. 18 §4 II",
    not_identifiable: "art. 18 §4 II",
    manifestly_unfounded: "art. 18 §4 II",
  },
  gdpr: {
    legal_obligation: "art. 17(3)(b)",
    exercise_of_rights: "art. 17(3)(e)",
    fraud_prevention: "art. 9(2)(g)",
    nothing_held: "art. 12(4)",
    not_identifiable: "art. 11(2), 12(2)",
    manifestly_unfounded: "art. 12(5)",
  },
};

/** The articles of a denial, such as `LGPD art. 16 I; GDPR art. 17(3)(b)`. */
export const denialArticles = (ground: DenialGround, regimes: readonly Regime[]): string =>
  regimes.map((regime) => `${regime.toUpperCase()} ${DENIED_BY[regime][ground]}`).join("; ");

export type CaseState = {
  right: Right;
  state: RequestState;
  isClosed: boolean;
  isIdentityChecked: boolean;
  /** Of its last round: none made, made, or with its proof. */
  receipt: "none" | "making" | "whole";
};

const RECEIPT_TROUBLE = { none: "not_yet", making: "making", whole: null } as const;

/** Why a document of this request cannot be had now; null where it can. Nobody is written to about what nobody asked. */
export function unavailability(of: CaseState, name: DocumentName): Unavailable | null {
  const isAsked = of.right !== "deletion";
  switch (name) {
    case "acknowledgement.pdf":
      return isAsked ? null : "unknown";
    case "refusal.pdf":
      return of.state === "denied" ? null : "not_yet";
    case "completion.pdf":
      if (!isAsked) return "unknown";
      return of.state === "completed" && of.receipt !== "none" ? null : "not_yet";
    case "receipt.pdf":
    case "receipt.json":
      return RECEIPT_TROUBLE[of.receipt];
    case "statement.pdf":
    case "statement.json":
      if (of.right !== "access") return "unknown";
      return !of.isClosed && of.isIdentityChecked ? null : "statement_closed";
  }
}

/** The documents that can be had now. */
export const availableDocuments = (of: CaseState): DocumentName[] =>
  DOCUMENTS.filter((name) => unavailability(of, name) === null);
