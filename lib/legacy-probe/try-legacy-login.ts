import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { openSecret } from "#lib/notifications/seal-secret.ts";
import { postJson } from "#lib/notifications/send-webhook.ts";
import { findProbe, PROBE } from "./queries.ts";
import { touchTrial } from "./touch-trial.ts";
import type { Probe, ProbeDesk, Trial } from "./types.ts";

/** Longest wait for the answer: the endpoint signs somebody in the old way before it gives one. */
export const TRIAL_TIMEOUT_MS = 10_000;

/**
 * Tries the legacy login once: asks the company's endpoint to sign a made-up account in, and keeps what came of it. Null
 * where nobody gave an address. Asked for by a member, it audits `legacy_probe.try`.
 */
export async function tryLegacyLogin(
  { db, secretKey, clock }: ProbeDesk,
  by: Actor | null = null,
): Promise<Trial | null> {
  const probe = await findProbe(db);
  if (probe === null) return null;
  const at = clock();
  const trial = await ask(probe, secretKey, { id: newIdAt(at), at });
  await touchTrial(db, trial);
  if (by === null) return trial;
  const { trouble, status } = trial;
  await recordAudit(db, {
    action: "legacy_probe.try",
    actor: by,
    at: clock(),
    entity: { type: "legacy_probe", id: PROBE },
    details: { trouble, status },
  });
  return trial;
}

async function ask(
  { url, sealedSecret }: Probe,
  secretKey: Uint8Array,
  about: Pick<Trial, "id" | "at">,
): Promise<Trial> {
  const secret = sealedSecret === null ? null : openSecret(secretKey, url, sealedSecret);
  if (secret === null && sealedSecret !== null)
    return { ...about, trouble: "secret_unreadable", status: null, tookMs: 0 };
  const result = await postJson(
    {
      url,
      headers: secret === null ? {} : { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ kind: "gatehouse.legacy_login_trial", id: about.id }),
    },
    TRIAL_TIMEOUT_MS,
  );
  const { status, latencyMs: tookMs } = result;
  return { ...about, trouble: result.ok ? null : result.failure, status, tookMs };
}
