import { z } from "zod";
import { ROLES, type Role } from "#lib/members/schema.ts";
import type { Claims, SingleSignOn } from "./types.ts";

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  email: z.string().optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.literal("true").transform(() => true)]).catch(false),
  name: z.string().optional().catch(undefined),
  auth_time: z.number().optional().catch(undefined),
});

const rolesSchema = z.union([z.array(z.string()), z.string().transform((role) => [role])]).catch([]);

/** What the provider's claims say, as far as Gatehouse asks. Throws a ZodError where they name nobody. */
export function readClaims(raw: unknown, roleClaim: string): Claims {
  const claims = claimsSchema.parse(raw);
  const { iss: issuer, sub: subject, auth_time: authTime } = claims;
  return {
    issuer,
    subject,
    email: claims.email?.trim().toLowerCase() || null,
    isEmailVerified: claims.email_verified,
    name: claims.name?.trim() || null,
    roles: rolesSchema.parse(valueAt(claims, roleClaim)),
    authTime: authTime === undefined ? null : new Date(authTime * 1000),
  };
}

/** The claim itself, or what the dots of its name lead to, as in `realm_access.roles`. */
function valueAt(claims: Record<string, unknown>, name: string): unknown {
  if (name in claims) return claims[name];
  return name
    .split(".")
    .reduce<unknown>(
      (within, part) =>
        typeof within === "object" && within !== null ? (within as Record<string, unknown>)[part] : undefined,
      claims,
    );
}

/**
 * The one role that the claim's values give: of several the first in the order of ROLES. Nobody is administrator and
 * compliance officer at once.
 */
export function roleOf(
  values: readonly string[],
  mapping: SingleSignOn["roles"],
): Role | "no_role" | "both_roles" {
  const given = new Set(mapping.filter(({ value }) => values.includes(value)).map(({ role }) => role));
  if (given.has("administrator") && given.has("compliance_officer")) return "both_roles";
  return ROLES.find((role) => given.has(role)) ?? "no_role";
}
