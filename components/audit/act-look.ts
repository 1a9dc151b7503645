import {
  Ban,
  Bell,
  CircleUserRound,
  Database,
  Eye,
  Inbox,
  KeyRound,
  type LucideIcon,
  ScanFace,
  ScrollText,
  Search,
  ShieldCheck,
  Signpost,
  SlidersHorizontal,
  UserRound,
} from "lucide-react";
import type { AuditAction } from "#lib/audit/types.ts";
import { kindOf } from "#lib/audit-log/rules.ts";
import type { ActKind } from "#lib/audit-log/types.ts";

const ICONS: Record<ActKind, LucideIcon> = {
  look: Eye,
  search: Search,
  sign_in: KeyRound,
  refusal: Ban,
  member: CircleUserRound,
  application: KeyRound,
  rule: SlidersHorizontal,
  person: UserRound,
  request: Inbox,
  rollout: Signpost,
  notification: Bell,
  data: Database,
  audit: ShieldCheck,
};

/** Acts that are easier told apart by an icon of their own. */
const OWN: Partial<Record<AuditAction, LucideIcon>> = {
  "person.verify": ScanFace,
  "audit.view": ScrollText,
};

/** The icon of an act, by its kind. */
export const iconOf = (action: string): LucideIcon => {
  const kind = kindOf(action);
  return OWN[action as AuditAction] ?? (kind === null ? ScrollText : ICONS[kind]);
};
