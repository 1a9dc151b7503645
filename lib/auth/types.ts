import type { Role } from "#lib/members/schema.ts";
import type { Grant } from "./policy.ts";

/** How a member proves who they are. */
export const PROOFS = ["password", "totp", "recovery_code", "single_sign_on"] as const;
export type Proof = (typeof PROOFS)[number];

/** The member behind a request, as the database knows them at this moment. */
export type Viewer = {
  memberId: string;
  sessionId: string;
  name: string;
  email: string;
  role: Role;
  proof: ProofFacts;
};

/** When and how the session's holder last proved who they are, and what else they have to prove it with. */
export type ProofFacts = {
  provedAt: Date;
  provedWith: Proof;
  hasCodeApp: boolean;
  hasPassword: boolean;
  /** Known at the single sign-on provider. */
  hasIdentity: boolean;
};

/**
 * When members need a second factor. `before_dangerous_acts` asks for it at the first act that asks for a proof; `off`
 * takes a password for one.
 */
export const SECOND_FACTOR_MODES = ["required", "before_dangerous_acts", "off"] as const;
export type SecondFactorMode = (typeof SECOND_FACTOR_MODES)[number];

/** What a member is asked for before a dangerous act: a proof, or first of all to set up a code app. */
export const STEP_UPS = ["code", "password", "single_sign_on", "set_up"] as const;
export type StepUp = (typeof STEP_UPS)[number];

/** A viewer who may do what was asked, and how much of it. */
export type PermittedViewer = Viewer & { grant: Grant };

/**
 * Why an act is refused: the role may not; the role may, but the member has not proved lately enough who they are; the
 * member was disabled, and tries with a session from before; nobody may do it to themselves, or to the last of a role;
 * or the person it is about is blocked or not enrolled yet.
 */
export type RefusalReason =
  | "role"
  | "proof"
  | "disabled"
  | "own_account"
  | "last_of_role"
  | "person_blocked"
  | "person_pending";

/** Why a session no longer holds. */
export type SessionEnd = "idle" | "absolute" | "ended" | "disabled";

/** A square code for a camera: the dark parts as one path, in units of one module. */
export type CodePicture = { size: number; path: string };

/** What a member needs to set up a code app. Nothing is in force until a code of it is given back with `sealed`. */
export type CodeAppOffer = { secret: string; picture: CodePicture; sealed: string };

/** What came of a try to prove who one is: a code, a recovery code or a password that is not it counts as wrong. */
export type ProofResult =
  | { proved: true; with: Proof }
  | { proved: false; code: "wrong" }
  | { proved: false; code: "throttled"; waitSeconds: number };

/** Why a sign-in was refused, as the audit log has it. */
export type SessionRefusal = "wrong_credentials" | "throttled" | "wrong_code" | SignOnRefusal;

/** Why a proof inside a session did not count, as the audit log has it. */
export type StepUpRefusal = "wrong" | "throttled" | "other_identity" | "stale_sign_on";

/** What a member has to prove themselves with, beside their password. */
export type Factors = {
  codeAppSince: Date | null;
  recoveryCodesLeft: number;
  recoveryCodesMadeAt: Date | null;
};

/** A session that still holds. */
export type OpenSession = { id: string; createdAt: Date; seenAt: Date; provedWith: Proof };

/** Why the account's page leads with what it leads with, the worst first. */
export type AccountState = "must_set_up" | "password_only" | "few_codes" | "code_app" | "single_sign_on";

/** What came of a new password. */
export type ChangePasswordResult =
  | { ok: true; endedSessions: number }
  | { ok: false; code: "wrong_password" | "same_password" }
  | { ok: false; code: "throttled"; waitSeconds: number };

/** How long a session still holds: unless it is used, and at most. */
export type SessionLeft = { idleMs: number; absoluteMs: number };

/** An OpenID Connect provider that members may sign in with, and which of its claim's values are which role here. */
export type SingleSignOn = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the roles stand in its claims; dots lead deeper. */
  roleClaim: string;
  roles: readonly { value: string; role: Role }[];
  /** What members call it. */
  name: string;
};

/** What the provider says of who signed in there. */
export type Claims = {
  issuer: string;
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
  /** The values of the role claim. */
  roles: readonly string[];
  /** When they last proved to the provider who they are; null where it does not say. */
  authTime: Date | null;
};

/** Why a single sign-on opens nothing here. */
export const SIGN_ON_REFUSALS = [
  "no_role",
  "both_roles",
  "disabled",
  "no_email",
  "email_taken",
  "last_of_role",
] as const;
export type SignOnRefusal = (typeof SIGN_ON_REFUSALS)[number];
