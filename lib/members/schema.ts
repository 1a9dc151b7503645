import { z } from "zod";
import { isStorableText } from "#lib/storable-text.ts";

export const ROLES = ["administrator", "compliance_officer", "product_manager", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Lower case and trimmed, as members are stored and looked up. */
export const emailSchema = z
  .string({ error: "email" })
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: "email" }).max(254, { error: "email" }));
/** At least 12 characters; no other rule, by NIST SP 800-63B. */
export const passwordSchema = z
  .string({ error: "short" })
  .min(12, { error: "short" })
  .max(256, { error: "long" });

export const memberNameSchema = z
  .string({ error: "missing" })
  .trim()
  .min(1, { error: "missing" })
  .max(80, { error: "long" })
  .refine(isStorableText, { error: "missing" });

export const roleSchema = z.enum(ROLES, { error: "role" });

/** Who is invited. */
export const inviteeSchema = z.object({ email: emailSchema, name: memberNameSchema, role: roleSchema });
export type Invitee = z.infer<typeof inviteeSchema>;

/** What the holder of a link sends; the name counts for who comes in the first time. */
export const acceptanceSchema = z.object({
  token: z.string().max(200),
  name: memberNameSchema,
  password: passwordSchema,
});
export type Acceptance = z.infer<typeof acceptanceSchema>;
