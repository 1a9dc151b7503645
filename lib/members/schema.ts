import { z } from "zod";

export const ROLES = ["administrator", "compliance_officer", "product_manager", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Lower case and trimmed, as members are stored and looked up. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email());
/** At least 12 characters; no other rule, by NIST SP 800-63B. */
export const passwordSchema = z.string().min(12).max(256);
