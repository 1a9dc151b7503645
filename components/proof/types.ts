import type { CodeAppOffer, ProofResult } from "#lib/auth/types.ts";
import type { ActionResult } from "#lib/errors.ts";

export type Prove = (input: { typed: string }) => Promise<ActionResult<ProofResult>>;

/** The secret for a new code app; null where the member first proves who they are. */
export type OfferCodeApp = (input: undefined) => Promise<ActionResult<CodeAppOffer | null>>;

export type ConfirmCodeApp = (input: {
  sealed: string;
  code: string;
}) => Promise<
  ActionResult<{ recoveryCodes: string[] } | { refused: "offer_expired" | "wrong_code" | "proof_required" }>
>;

/** What it takes to set up a code app: the first one, or one that replaces another. */
export type SetUpActs = { prove: Prove; offer: OfferCodeApp; confirm: ConfirmCodeApp };

/** On it the window of a single sign-on tells those that wait that the session is proved. */
export const PROOF_CHANNEL = "gatehouse.proof";
