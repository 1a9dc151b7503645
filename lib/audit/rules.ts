import { grantOf, type Permission } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";
import type { ChangeAction } from "./types.ts";

/** Changes of how the installation works, and what it takes to be told of each: whoever may read what was changed. */
const CHANGES: Record<ChangeAction, Permission> = {
  "rollout_intent.prepare": "overview.read",
  "policy.change": "policies.read",
  "application.create": "applications.read",
  "application.change": "applications.read",
  "application.disable": "applications.read",
  "application.enable": "applications.read",
  "application_key.create": "applications.read",
  "application_key.revoke": "applications.read",
  "retention.change": "retention.read",
};

/** The changes a role may be told of. */
export const changesToldTo = (role: Role): ChangeAction[] =>
  (Object.keys(CHANGES) as ChangeAction[]).filter((action) => grantOf(role, CHANGES[action]) !== null);
