import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, RolloutFacts } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import type { Difference } from "#lib/unleash/types.ts";
import { leadDrift } from "./examine-drift.ts";
import { findStanding, lockIntent } from "./queries.ts";
import { factsOf, isWidening, leadingOf } from "./rules.ts";
import { BIOMETRIC_LOGIN_FLAG, intentWord, ROLLOUT_INTENT_CHANNEL } from "./schema.ts";
import type { ChangeRefusal, DriftWish, Leading, Standing, Wish } from "./types.ts";

/** What a change leads from and to. Its SHA-256 is what a person approves. */
export type RolloutDifference = {
  rolloutId: string | null;
  planVersion: number | null;
  kind: (Wish | DriftWish)["kind"];
  before: RolloutFacts;
  after: RolloutFacts;
  end: Leading["end"];
  /** What Unleash said otherwise, where that is what it is about. */
  drift?: Difference[];
};

/** The difference a wish would make now, with its digest in hexadecimal, or why it cannot be. */
export function differenceOf(
  standing: Standing,
  wish: Wish | DriftWish,
): { difference: RolloutDifference; digest: string } | Exclude<ChangeRefusal, "stale_version"> {
  const leading =
    wish.kind === "adopt" || wish.kind === "revert" ? leadDrift(standing, wish) : leadingOf(standing, wish);
  if (typeof leading === "string") return leading;
  const { rollout } = standing;
  const difference: RolloutDifference = {
    rolloutId: rollout?.id ?? null,
    planVersion: rollout?.planVersion ?? null,
    kind: wish.kind,
    before: factsOf(standing),
    ...leading,
  };
  return {
    difference,
    digest: createHash("sha256")
      .update(canonicalize(difference) ?? "")
      .digest("hex"),
  };
}

export type WantedChange = {
  wish: Wish | DriftWish;
  /** The version of the intent that was seen; null for a halt, which waits for nothing. */
  seenVersion: number | null;
  /** What was approved, where a person did; null where nothing was shown before. */
  digest: string | null;
  reason: string | null;
  verdictId?: string;
  /** Widening ends at this percentage without a further permission. */
  mostPercent?: number;
};

export type IntendedChange = {
  changeId: string;
  difference: RolloutDifference;
  /** The version of the intent after this; it has the wider of both ends, a halt and a hold at once. */
  intentVersion: number;
};

/**
 * Writes a change down before Unleash hears of it, and tells the gateways what holds from now on: at once what narrows by
 * PostgreSQL alone (a halt) and what widens, which takes effect only where Unleash follows. What narrows otherwise waits
 * for Unleash, so that it never shows more than the intent. One change at a time; only a halt goes past another one.
 * Audits `rollout.<kind>`.
 */
export function intendChange(
  db: DatabaseOrTransaction,
  { wish, seenVersion, digest, reason, verdictId, mostPercent = 100 }: WantedChange,
  actor: Actor,
  at: Date,
): Promise<({ ok: true } & IntendedChange) | { ok: false; code: ChangeRefusal }> {
  return joinOrOpenTransaction(db, async (tx) => {
    await lockIntent(tx);
    const standing = await findStanding(tx);
    if (standing === null) return { ok: false, code: "no_rollout" };
    if (seenVersion !== null && seenVersion !== standing.intent.version)
      return { ok: false, code: "stale_version" };
    if (wish.kind !== "halt" && (await isChanging(tx))) return { ok: false, code: "being_changed" };
    const found = differenceOf(standing, wish);
    if (typeof found === "string") return { ok: false, code: found };
    if (digest !== null && digest !== found.digest) return { ok: false, code: "stale_difference" };
    const { difference } = found;
    const { before, after, rolloutId } = difference;
    if (isWidening(before, after) && after.exposurePercent > mostPercent)
      return { ok: false, code: "past_half" };
    const holding = holdsAtOnce(wish.kind, before, after);
    const intentVersion = holding ? await putIntent(tx, holding, actor, at) : standing.intent.version;
    const changeId = newIdAt(at);
    await tx.insert(rolloutChanges).values({
      ...{ id: changeId, rolloutId, kind: wish.kind, state: "intended", difference, digest: found.digest },
      ...{ reason, by: actor.id, at, intentVersion, verdictId: verdictId ?? null },
    });
    await recordAudit(tx, {
      action: `rollout.${wish.kind}`,
      actor,
      at,
      entity: { type: "rollout", id: rolloutId },
      details: { changeId, before, after, reason, ...(difference.drift && { drift: difference.drift }) },
    });
    return { ok: true, changeId, difference, intentVersion };
  });
}

/** What the gateways are told before Unleash is; null where they hear of it only afterwards. */
function holdsAtOnce(
  kind: RolloutDifference["kind"],
  before: RolloutFacts,
  after: RolloutFacts,
): RolloutFacts | null {
  if (kind === "drill") return { ...before, halted: true };
  if (kind === "halt" || isWidening(before, after)) return after;
  return before.held === after.held ? null : { ...before, held: after.held };
}

const isChanging = async (tx: DatabaseOrTransaction): Promise<boolean> => {
  const unsettled = and(isNull(rolloutChanges.settledAt), ne(rolloutChanges.kind, "halt"));
  return (
    (await tx.select({ id: rolloutChanges.id }).from(rolloutChanges).where(unsettled).limit(1)).length > 0
  );
};

/** Puts an intent in force and tells the gateways; answers its version. Runs inside the caller's transaction. */
export async function putIntent(
  tx: DatabaseOrTransaction,
  { exposurePercent, offersEarlyAdopters, halted, held }: RolloutFacts,
  actor: Actor,
  at: Date,
): Promise<number> {
  const heldAt = held ? sql`coalesce(${rolloutIntents.heldAt}, ${at.toISOString()}::timestamptz)` : null;
  const [row] = await tx
    .update(rolloutIntents)
    .set({
      ...{ exposurePercent, offersEarlyAdopters, halted, heldAt },
      ...{ version: sql`${rolloutIntents.version} + 1`, changedBy: actor.id, changedAt: at },
      recordedAt: sql`clock_timestamp()`,
    })
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG))
    .returning({ version: rolloutIntents.version });
  if (row === undefined) throw new Error("There is no intent of the flag.");
  await tx.execute(sql`select pg_notify(${ROLLOUT_INTENT_CHANNEL}, ${intentWord({ ...row, halted })})`);
  return row.version;
}
