import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationDeliveries } from "#db/schema/notifications.ts";
import type { Clock } from "#lib/clock.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { composeEmail } from "./compose-email.ts";
import { LEASE_MS, payloadOf, settledBy } from "./rules.ts";
import type { TargetKind } from "./schema.ts";
import { openSecret } from "./seal-secret.ts";
import { sendEmail } from "./send-email.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { Message, Sender, TryResult } from "./types.ts";

/** A delivery that a try has taken, with what it needs to be sent. */
type Taken = {
  eventId: string;
  targetId: string;
  attempts: number;
  type: Message["type"];
  data: Message["data"];
  at: string;
  kind: TargetKind;
  address: string;
  locale: Locale;
  secretSealed: string | null;
  previousSecretSealed: string | null;
};

type Desk = { db: DatabaseOrTransaction; sender: Sender; clock: Clock };

/** One delivery by its event, for a test; else whatever is due for the target. */
type Wanted = { targetId: string; eventId?: string };

/**
 * Makes one try at one delivery of the target and writes down how it ended; null where none is due, or where another
 * process is at it. A process that dies in the middle leaves the delivery to the next try once its lease has run out,
 * so that it may arrive twice and never not at all. Sends outside of any transaction.
 */
export async function deliverEvent({ db, sender, clock }: Desk, wanted: Wanted): Promise<TryResult | null> {
  const taken = await take(db, wanted, clock());
  if (taken === null) return null;
  const result = await send(taken, sender, clock());
  await settle(db, taken, result, clock());
  return result;
}

async function take(db: DatabaseOrTransaction, wanted: Wanted, now: Date): Promise<Taken | null> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const which: SQL =
    wanted.eventId === undefined
      ? sql`d.next_try_at <= ${at}::timestamptz`
      : sql`d.event_id = ${wanted.eventId}`;
  const [taken] = await db.execute<Taken>(sql`
    with due as (
      select d.event_id, d.target_id from notification_deliveries d
      where d.target_id = ${wanted.targetId} and d.state = 'waiting' and ${which}
        and (d.leased_until is null or d.leased_until <= ${at}::timestamptz)
      order by d.next_try_at, d.event_id limit 1 for update skip locked
    )
    update notification_deliveries d
    set leased_until = ${until}::timestamptz, attempts = d.attempts + 1, last_tried_at = ${at}::timestamptz
    from due, notification_events e, notification_targets t
    where d.event_id = due.event_id and d.target_id = due.target_id
      and e.id = d.event_id and t.id = d.target_id and t.removed_at is null
    returning d.event_id as "eventId", d.target_id as "targetId", d.attempts, e.type, e.data, e.at, t.kind, t.address,
      t.locale, t.secret_sealed as "secretSealed",
      case when t.previous_secret_until > ${at}::timestamptz then t.previous_secret_sealed end
        as "previousSecretSealed"`);
  return taken ?? null;
}

async function send(taken: Taken, sender: Sender, now: Date): Promise<TryResult> {
  const message = { type: taken.type, data: taken.data } as Message;
  return taken.kind === "webhook"
    ? sendToWebhook(taken, message, sender, now)
    : sendToMailbox(taken, message, sender);
}

async function sendToWebhook(taken: Taken, message: Message, { secretKey }: Sender, now: Date) {
  const sealed = [taken.secretSealed, taken.previousSecretSealed].filter((secret) => secret !== null);
  const secrets = sealed
    .map((secret) => openSecret(secretKey, taken.targetId, secret))
    .filter((secret) => secret !== null);
  if (secrets.length === 0) return notSent("secret_unreadable");
  const body = JSON.stringify(payloadOf(message, new Date(taken.at)));
  return sendWebhook({ url: taken.address, secrets, id: `msg_${taken.eventId}`, body, at: now });
}

async function sendToMailbox(taken: Taken, message: Message, { smtp, timeZone }: Sender): Promise<TryResult> {
  if (smtp === null) return notSent("smtp_not_set");
  const letter = composeEmail(message, taken.locale, timeZone);
  return sendEmail(smtp, { ...letter, to: taken.address, id: `${taken.eventId}.${taken.targetId}` });
}

const notSent = (failure: "secret_unreadable" | "smtp_not_set"): TryResult => ({
  ok: false,
  failure,
  status: null,
  latencyMs: 0,
});

/** Only the try that still holds the row writes its end: a later one may be under way where the lease ran out. */
async function settle(db: DatabaseOrTransaction, taken: Taken, result: TryResult, now: Date): Promise<void> {
  const { eventId, targetId, attempts } = notificationDeliveries;
  await db
    .update(notificationDeliveries)
    .set({
      ...settledBy(result, taken, now),
      leasedUntil: null,
      lastStatus: result.status,
      lastFailure: result.ok ? null : result.failure,
      lastLatencyMs: result.latencyMs,
    })
    .where(
      sql`${eventId} = ${taken.eventId} and ${targetId} = ${taken.targetId} and ${attempts} = ${taken.attempts}`,
    );
}
