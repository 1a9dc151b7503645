import { z } from "zod";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { isStorableText } from "#lib/storable-text.ts";
import { CUSTOM_ID_MAX, LIST_MAX, SEARCH_PURPOSES } from "./types.ts";

/**
 * Why the company may process this person's biometrics: the bases of LGPD art. 11 (sensitive data) and GDPR art. 9(2).
 * The basis decides which rights apply later.
 */
const LEGAL_BASES = [
  "lgpd_11_i_consent",
  "lgpd_11_ii_a_legal_obligation",
  "lgpd_11_ii_d_exercise_of_rights",
  "lgpd_11_ii_g_fraud_prevention",
  "gdpr_9_2_a_consent",
  "gdpr_9_2_g_public_interest",
] as const;

const PERSON_STATUSES = ["pending", "enrolled", "blocked"] as const;
export const FINGER_NUMBERS: readonly FingerNumber[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export const searchPurposeSchema = z.enum(SEARCH_PURPOSES);
export const legalBasisSchema = z.enum(LEGAL_BASES);
/** 1 to 128 characters, exactly as given: case and spaces count, as at the API. */
export const customIdSchema = z
  .string()
  .min(1)
  .max(CUSTOM_ID_MAX)
  .refine(isStorableText, { error: "holds a character that is no text" });

/** A pasted list of CustomIDs, each as it stood there. */
export const pastedListSchema = z.array(customIdSchema).min(1).max(LIST_MAX);

export type LegalBasis = (typeof LEGAL_BASES)[number];
export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** The form in which CustomIDs are searched: case and white space folded away. */
export const foldCustomId = (customId: string): string =>
  customId.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
