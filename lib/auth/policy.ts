import type { Role } from "#lib/members/schema.ts";

/**
 * How much of a page or an act a role gets. `masked`: identifiers show their last four characters; `figures`: counts
 * and rates only; `no_identifiers`: rows without CustomIDs; `small_hidden`: figures whose cells under 5 are hidden.
 */
export type Grant = "full" | "masked" | "figures" | "no_identifiers" | "small_hidden";

/** Who may do what: the whole policy of the console, one line per act. A role that is not named may not. */
export const POLICY = {
  "session.end": {
    administrator: "full",
    compliance_officer: "full",
    product_manager: "full",
    viewer: "full",
  },
  "overview.read": {
    administrator: "full",
    compliance_officer: "full",
    product_manager: "full",
    viewer: "small_hidden",
  },
  "people.search": { administrator: "full", compliance_officer: "full", viewer: "masked" },
  "person.view": { administrator: "full", compliance_officer: "full", viewer: "masked" },
  "person.verify": { administrator: "full" },
  "person.recapture": { administrator: "full" },
  "verifications.read": {
    administrator: "full",
    compliance_officer: "full",
    product_manager: "figures",
    viewer: "no_identifiers",
  },
  "applications.read": { administrator: "full", product_manager: "full" },
  "applications.change": { administrator: "full" },
  "policies.read": { administrator: "full", product_manager: "full" },
  "policies.change": { administrator: "full" },
  "retention.read": { administrator: "full", compliance_officer: "full" },
  "retention.change": { administrator: "full" },
  "notifications.read": { administrator: "full" },
  "notifications.change": { administrator: "full" },
  "sample_data.remove": { administrator: "full" },
  "rollout.halt": { administrator: "full", compliance_officer: "full", product_manager: "full" },
} as const satisfies Record<string, Partial<Record<Role, Grant>>>;

export type Permission = keyof typeof POLICY;

/** What the role gets of the act; null when it may not. */
export function grantOf(role: Role, permission: Permission): Grant | null {
  const grants: Partial<Record<Role, Grant>> = POLICY[permission];
  return grants[role] ?? null;
}
