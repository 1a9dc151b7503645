import { useTranslations } from "next-intl";
import type { AuditAction } from "#lib/audit/types.ts";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { useFacts } from "./use-facts.ts";

/** The facts that tell most of an act, for the one cell a row has. Of the others stands what they are about. */
const TELLING: Partial<Record<AuditAction, readonly string[]>> = {
  "person.search": ["purpose", "results"],
  "audit.search": ["results"],
  "audit.export": ["what", "stage", "entries"],
  "person.recapture": ["reason"],
  "session.refuse": ["code", "memberId"],
  "session.open": ["provedWith"],
  "session.step_up": ["provedWith"],
  "session.refuse_step_up": ["code"],
  "session.end": ["memberId", "by"],
  "member.create": ["role"],
  "member.invite": ["role"],
  "member.invite_again": ["role"],
  "invitation.issue": ["memberId", "purpose"],
  "invitation.withdraw": ["memberId"],
  "invitation.accept": ["memberId", "purpose"],
  "invitation.refuse": ["code", "memberId"],
  "recovery_code.create": ["count"],
  "recovery_code.use": ["left"],
  "application.disable": ["name", "reason"],
  "application_key.create": ["applicationId", "ending"],
  "application_key.confirm_stored": ["applicationId", "ending"],
  "application_key.plan_end": ["applicationId", "ending"],
  "application_key.end": ["applicationId", "ending"],
  "application_key.revoke": ["applicationId", "ending", "reason"],
  "history.purge": ["month"],
  "history.export": ["what", "stage", "lines"],
  "notification_target.create": ["kind"],
  "notification_target.remove": ["kind"],
  "rollout_intent.prepare": ["exposurePercent"],
  "rollout.create": ["build"],
  "rollout.settle": ["kind", "state"],
  "early_adopters.add": ["count"],
  "early_adopters.remove": ["count"],
  "early_adopters.import": ["added"],
  "sample_data.remove": ["stage"],
  "action.refuse": ["permission", "because"],
};

/** So many changed fields are named; of more, how many more. */
const FIELDS_NAMED = 2;

/** What an act was about, in a few words: the thing's name, then what tells most of it. */
export function useAbout(names: LogNames): (entry: ReadEntry) => string {
  const t = useTranslations("audit.about");
  const { write, changesOf } = useFacts(names);
  return (entry) => {
    const { action, entityId, details } = entry;
    const telling = TELLING[action as AuditAction] ?? ["name"];
    const facts = telling
      .filter((name) => details[name] !== undefined && details[name] !== null)
      .map((name) => {
        const value = write(action, name, details[name]);
        if (name === "results") return t("found", { count: Number(details[name]) });
        if (name === "entries" || name === "lines") return t(name, { count: Number(details[name]) });
        return name === "ending" ? t("key", { ending: value }) : value;
      });
    const all = changesOf(entry).map(({ label }) => label);
    const rest = all.length - FIELDS_NAMED;
    const changed = [...all.slice(0, FIELDS_NAMED), ...(rest > 0 ? [t("more", { count: rest })] : [])];
    const named = entityId === null ? undefined : (names.members[entityId] ?? names.applications[entityId]);
    const version = action === "policy.change" ? t("policy", { version: entityId ?? "" }) : undefined;
    const parts = [version, facts.includes(named ?? "") ? undefined : named, ...facts, ...changed];
    return parts.filter((part) => part !== undefined).join(", ");
  };
}
