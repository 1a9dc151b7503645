import type { Permission } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";

/**
 * Who takes the next step: members with a right, except some of them; the person it is about; or Gatehouse, at a moment
 * or as soon as it can.
 */
export type Turn =
  | { by: "members"; permission: Permission; except: string[] }
  | { by: "person" }
  | { by: "gatehouse"; at: Date | null };

/** A member who can sign in, with what their turn depends on. */
export type Colleague = Pick<Viewer, "memberId" | "name" | "role">;

/** The same as a reader sees it: whether it is their turn, and by name whose it is besides. */
export type WhoIsNext =
  | { by: "members"; isYou: boolean; others: string[] }
  | { by: "person" }
  | { by: "gatehouse"; at: Date | null };
