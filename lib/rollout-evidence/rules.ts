import { ALPHA } from "./schema.ts";

/** ln of the evidence that is proof. */
export const PROOF_NEEDED = Math.log(1 / ALPHA.safety);
/** What mixing over the odds ratios that stand for safety costs at first, in ln of evidence: as it was measured, 1.5 where all count alike. */
export const MIXTURE_COST = 0.7;

/** Bad outcomes in the treated arm that a verdict takes where it is a small share and makes no difference. */
export const failuresNeeded = (margin: number): number =>
  (PROOF_NEEDED + MIXTURE_COST) / (margin - 1 - Math.log(margin));
