import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import type { AuditEntry } from "#lib/audit/types.ts";
import { obeyedFrom } from "#lib/retention/rules.ts";
import { noteEvent } from "./note-event.ts";
import { rolloutEventOf } from "./note-rollout.ts";
import { findListFacts } from "./queries.ts";
import type { ListEventName } from "./schema.ts";
import type { NotificationEvent } from "./types.ts";

/** Tells an audited act to whoever wants to know of its kind, in the transaction of the act. */
export async function noteAct(tx: DatabaseOrTransaction, entry: AuditEntry): Promise<void> {
  const event = await eventOf(tx, entry);
  if (event !== null) await noteEvent(tx, event, entry.at);
}

/** The event an act is told as; null for an act that nobody is told of. */
async function eventOf(tx: DatabaseOrTransaction, entry: AuditEntry): Promise<NotificationEvent | null> {
  switch (entry.action) {
    case "policy.change":
      // The first version is the installation's own, made before there is anybody to tell.
      if (entry.details.before === null) return null;
      return { type: "policy.changed", data: { version: Number(entry.entity.id) } };
    case "retention.change": {
      const { before, after, shortened } = entry.details;
      if (shortened.length === 0) return null;
      const from = obeyedFrom(entry.at).toISOString();
      return { type: "retention.shortened", data: { version: Number(entry.entity.id), before, after, from } };
    }
    case "application_key.create":
      return { type: "application_key.created", data: await keyFacts(tx, entry.details) };
    case "application_key.revoke":
    case "application_key.end":
      return { type: "application_key.ended", data: await keyFacts(tx, entry.details) };
    case "member.create":
    case "member.invite":
    case "member.enable":
      return entry.details.role === "administrator" ? administratorAdded(entry) : null;
    case "member.change_role":
      return entry.details.after === "administrator" ? administratorAdded(entry) : null;
    case "circuit.open":
      return { type: "circuit.held", data: { until: entry.details.until, by: entry.actor.id } };
    case "circuit.release":
      return { type: "circuit.given_back", data: { by: entry.actor.id } };
    case "request_batch.open":
      return listEvent(tx, "request_list.received", entry);
    case "request_batch.propose":
      return listEvent(tx, "request_list.needs_approval", entry);
    case "request_batch.approve":
      return listEvent(tx, "request_list.approved", entry);
    case "request_batch.complete":
      return listEvent(tx, "request_list.completed", entry);
    case "request_batch.withdraw":
      return listEvent(tx, "request_list.withdrawn", entry);
    case "rollout.halt":
    case "rollout.settle":
      return rolloutEventOf(tx, entry);
    default:
      return null;
  }
}

const administratorAdded = ({ entity, actor }: AuditEntry): NotificationEvent => ({
  type: "administrator.added",
  data: { memberId: entity.id ?? "", by: actor.id },
});

async function listEvent(
  tx: DatabaseOrTransaction,
  type: ListEventName,
  { entity }: AuditEntry,
): Promise<NotificationEvent | null> {
  const data = entity.id === null ? null : await findListFacts(tx, entity.id);
  return data === null ? null : { type, data };
}

async function keyFacts(
  tx: DatabaseOrTransaction,
  { applicationId, ending }: { applicationId: string; ending: string },
) {
  const [row] = await tx
    .select({ name: applications.name })
    .from(applications)
    .where(eq(applications.id, applicationId));
  return { applicationId, application: row?.name ?? "", ending };
}
