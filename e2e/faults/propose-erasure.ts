import type { Database } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/members/schema.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";

const memberOf = (role: Role, auditKey: Uint8Array) => ({
  actor: { id: newId(), role },
  auditKey,
  timeZone: "America/Sao_Paulo",
});

/** An erasure as an officer takes it in, checks and proposes it; `approve` is another member's yes, due at once. */
export async function proposeErasure(db: Database, customId: string, auditKey: Uint8Array) {
  const officer = memberOf("compliance_officer", auditKey);
  const at = new Date();
  const opened = await openRequest(
    db,
    { customId, right: "erasure", regimes: ["lgpd"], channel: "email", receivedAt: at },
    { actor: officer.actor, applicationId: null },
    officer,
    at,
  );
  if (!opened.ok) throw new Error(opened.code);
  const { requestId, protocol } = opened;
  await confirmIdentity(db, { requestId, version: 1, method: "known_contact" }, officer, at);
  const asked = { right: "erasure", regimes: ["lgpd"] } as const;
  const { digest } = await composePreview(db, asked, { customId, key: auditKey });
  const proposal = { assessment: "consent-based", previewDigest: digest, denialGround: null, recipients: [] };
  const proposed = await proposeDecision(db, { requestId, version: 2, ...proposal }, officer, at);
  if (!proposed.ok) throw new Error(proposed.code);
  const approval = { requestId, version: 3, previewDigest: digest, delayHours: 0, isSingleControl: false };
  const approve = (role: Role) => settleDecision(db, approval, memberOf(role, auditKey), at);
  return { requestId, protocol, approve };
}

/** An erasure that two people decided, due at once. */
export async function approveErasure(db: Database, customId: string, auditKey: Uint8Array) {
  const { requestId, protocol, approve } = await proposeErasure(db, customId, auditKey);
  const approved = await approve("administrator");
  if (!approved.ok) throw new Error(approved.code);
  return { requestId, protocol };
}
