import type { RefusalReason } from "#lib/auth/types.ts";
import type { DeliveryFailure } from "#lib/notifications/types.ts";
import type { Role } from "./schema.ts";

/** What a link is for: to come in the first time, or to come back with a new password. */
export type LinkPurpose = "join" | "return";

/** Why a link opens nothing. */
export type LinkTrouble = "unknown" | "used" | "withdrawn" | "expired";

/** How an account stands: in use, invited and not in yet, its invitation past its end, or disabled. */
export type MemberStanding = "active" | "invited" | "lapsed" | "disabled";

export type SecondFactor = "code_app" | "single_sign_on";

/** A link that was handed out and neither used nor withdrawn; it may have expired. */
export type OpenLink = {
  purpose: LinkPurpose;
  createdAt: Date;
  /** The member who made it; null for the system. */
  createdByName: string | null;
  expiresAt: Date;
};

/** A member as the console shows them. */
export type Member = {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Changes are made on the version they were thought out on. */
  version: number;
  createdAt: Date;
  disabledAt: Date | null;
  standing: MemberStanding;
  /** Null where there is none. */
  secondFactor: SecondFactor | null;
  recoveryCodesLeft: number;
  lastSeenAt: Date | null;
  openSessions: number;
  link: OpenLink | null;
};

/** At the moment it is made, and never again: the token that opens it. */
export type NewLink = {
  memberId: string;
  email: string;
  invitationId: string;
  purpose: LinkPurpose;
  token: string;
  expiresAt: Date;
};

/** What became of the e-mail that carries a link: handed in, not possible here, or refused. */
export type LinkMail = "sent" | "not_set" | DeliveryFailure;

/** Why a change of a member is refused whoever asks for it. */
export type ChangeTrouble = Extract<RefusalReason, "own_account" | "last_of_role">;

/** How many can sign in with each role. */
export type Holders = Record<Role, number>;

/** A member, as seen by whoever acts on them. */
export type MemberVersion = { memberId: string; version: number };

/** What an open link's holder is shown: whose it is, and what it lets them do. */
export type Invitation = { purpose: LinkPurpose; expiresAt: Date; name: string; email: string; role: Role };

/** A link as it is handed to the administrator who made it: this once, with what became of the e-mail. */
export type HandedLink = Pick<NewLink, "memberId" | "email" | "purpose" | "expiresAt"> & {
  address: string;
  mail: LinkMail;
};
