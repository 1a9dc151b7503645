import type { Act } from "#components/forms/types.ts";
import type { HandedLink, Member } from "#lib/members/types.ts";

/** What may be done to members, made by the app and handed down. */
export type MemberActs = {
  invite: Act<HandedLink>;
  sendAgain: Act<HandedLink>;
  withdraw: Act<null>;
  returnLink: Act<HandedLink>;
  changeRole: Act<null>;
  disable: Act<null>;
  enable: Act<null>;
  endSessions: Act<{ ended: number }>;
  endOtherSessions: Act<{ ended: number }>;
};

/** Whom an act is about: as much of a member as its dialog shows. */
export type ActedOn = Pick<Member, "id" | "name" | "email" | "role" | "version" | "openSessions">;

/** Why the member's role and access stay as they are; null where they may be changed. */
export type Stays = "own_account" | "last_of_role" | null;
