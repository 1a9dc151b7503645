import type { Database, DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { settleLocalStep } from "#lib/execution/settle-local-step.ts";
import { newId } from "#lib/ids.ts";
import { closeRequest } from "#lib/requests/close-request.ts";
import { completeRequest } from "#lib/requests/complete-request.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { findRequestLocked, type RequestRow } from "#lib/requests/queries.ts";
import { requestIdentity } from "#lib/requests/request-identity.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import type { Right } from "#lib/requests/types.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import type { Known } from "./history.ts";

const DAY_MS = 86_400_000;
/** Acts stand apart in the log, and the last of them is not in the future. */
const ACT_EVERY_MS = 20;
const ACTS_TAKE_MS = 2_500;

type Goal =
  | "received"
  | "asked"
  | "in_review"
  | "proposed"
  | "denied"
  | "completed"
  | "withdrawn"
  | "unverified";
type Wish = { right: Right; regimes: Regime[]; daysAgo: number; goal: Goal };

/**
 * One of every kind that an inbox holds, by how long ago it was received: late, due soon, in time and closed. None is left
 * where the worker would carry it out at the API, which knows none of these people.
 */
const WISHES: readonly Wish[] = [
  { right: "erasure", regimes: ["gdpr"], daysAgo: 28, goal: "proposed" },
  { right: "block", regimes: ["gdpr"], daysAgo: 21, goal: "completed" },
  { right: "access", regimes: ["lgpd"], daysAgo: 13, goal: "in_review" },
  { right: "erasure", regimes: ["lgpd"], daysAgo: 11, goal: "in_review" },
  { right: "erasure", regimes: ["lgpd", "gdpr"], daysAgo: 9, goal: "proposed" },
  { right: "erasure", regimes: ["gdpr"], daysAgo: 8, goal: "asked" },
  { right: "access", regimes: ["lgpd"], daysAgo: 6, goal: "completed" },
  { right: "consent_withdrawal", regimes: ["lgpd"], daysAgo: 4, goal: "in_review" },
  { right: "erasure", regimes: ["lgpd"], daysAgo: 4, goal: "denied" },
  { right: "rectification", regimes: ["lgpd"], daysAgo: 3, goal: "in_review" },
  { right: "erasure", regimes: ["gdpr"], daysAgo: 3, goal: "unverified" },
  { right: "erasure", regimes: ["lgpd"], daysAgo: 2, goal: "withdrawn" },
  { right: "access", regimes: ["gdpr"], daysAgo: 2, goal: "received" },
  { right: "erasure", regimes: ["lgpd"], daysAgo: 1, goal: "received" },
  { right: "block", regimes: ["lgpd"], daysAgo: 1, goal: "received" },
];

type Site = { auditKey: Uint8Array; timeZone: string; applicationIds: ReadonlyMap<string, string> };

/** Officers without an account: nobody's name stands under what nobody did. */
const officer = (): Actor & { id: string } => ({ id: newId(), role: "compliance_officer" });
const SYSTEM: Actor = { id: null, role: "system" };

/**
 * Requests of made-up people, passed on by their applications and led to where they stand by the verbs that lead real
 * ones. All of it happens now, and only the receipt lies in the past: the audit log holds no made-up time. Each request
 * is one transaction, so that the worker sees none that it would have to carry out.
 */
export async function recordRequests(db: Database, everybody: readonly Known[], site: Site): Promise<void> {
  const enrolled = everybody.filter(({ standing }) => standing.status === "enrolled");
  const [assessor, decider] = [officer(), officer()];
  let last = Date.now() - ACTS_TAKE_MS;
  const clock = () => {
    last += ACT_EVERY_MS;
    return new Date(last);
  };
  for (const wish of WISHES) {
    const isMeant = ({ person }: Known) =>
      wish.right !== "consent_withdrawal" || person.legalBasis.endsWith("consent");
    const place = enrolled.findIndex(isMeant);
    const [known] = place < 0 ? [] : enrolled.splice(place, 1);
    if (known === undefined) continue;
    await db.transaction((tx) => makeRequest({ tx, site, clock, assessor, decider }, known, wish));
  }
}

type Desk = {
  tx: DatabaseOrTransaction;
  site: Site;
  clock: () => Date;
  assessor: Actor & { id: string };
  decider: Actor & { id: string };
};

async function makeRequest(
  desk: Desk,
  { person }: Known,
  { goal, daysAgo, right, regimes }: Wish,
): Promise<void> {
  const { tx, site, clock } = desk;
  const { customId } = person;
  const at = clock();
  const receivedAt = new Date(at.getTime() - daysAgo * DAY_MS);
  const applicationId = site.applicationIds.get(person.application.name) ?? "";
  const asked = { customId, right, regimes, channel: "application" as const, receivedAt };
  const opened = await openRequest(tx, asked, { actor: SYSTEM, applicationId }, site, at);
  if (!opened.ok) throw new Error(`A made-up request was not opened: ${opened.code}.`);
  const request = { tx, id: opened.requestId, customId };
  if (goal === "received") return;
  if (goal === "withdrawn") {
    const reason = "Sample data: the person changed their mind.";
    return mustMove(withdrawRequest(tx, { ...(await seen(request)), reason }, by(desk, SYSTEM), clock()));
  }
  if (goal === "asked" || goal === "unverified") {
    await mustMove(requestIdentity(tx, await seen(request), by(desk, desk.assessor), clock()));
    if (goal === "asked") return;
    const close = { ...(await seen(request)), reason: goal } as const;
    return mustMove(closeRequest(tx, close, by(desk, desk.assessor), clock()));
  }
  const confirmed = { ...(await seen(request)), method: "signed_in" } as const;
  await mustMove(confirmIdentity(tx, confirmed, by(desk, desk.assessor), clock()));
  if (goal !== "in_review") await decide(desk, request, goal);
}

type Made = { tx: DatabaseOrTransaction; id: string; customId: string };

const by = ({ site: { auditKey, timeZone } }: Desk, actor: Actor) => ({ actor, auditKey, timeZone });

async function held({ tx, id, customId }: Made): Promise<RequestRow & { customId: string }> {
  const row = await findRequestLocked(tx, id);
  if (row === null) throw new Error("A made-up request is gone.");
  return { ...row, customId };
}

const seen = async (made: Made) => ({ requestId: made.id, version: (await held(made)).version });

async function mustMove(moving: Promise<{ ok: true } | { ok: false; code: string }>): Promise<void> {
  const moved = await moving;
  if (!moved.ok) throw new Error(`A made-up request did not move on: ${moved.code}.`);
}

async function decide(desk: Desk, made: Made, goal: "proposed" | "denied" | "completed"): Promise<void> {
  const { tx, clock, assessor, decider } = desk;
  const request = await held(made);
  const subject = { customId: made.customId, key: desk.site.auditKey };
  const { digest: previewDigest } = await composePreview(tx, request, subject);
  const isDenied = goal === "denied";
  const proposal = {
    ...(await seen(made)),
    assessment: isDenied
      ? "Sample data: a contract that is still in force obliges us to keep the record."
      : "Sample data: asked by the person in their account; no exception applies.",
    previewDigest,
    denialGround: isDenied ? ("legal_obligation" as const) : null,
    recipients: goal === "proposed" ? [{ name: "Sample data: payment processor", note: null }] : [],
  };
  await mustMove(proposeDecision(tx, proposal, by(desk, assessor), clock()));
  if (goal === "proposed") return;
  const approval = { ...(await seen(made)), previewDigest, delayHours: 0, isSingleControl: false };
  await mustMove(settleDecision(tx, approval, { ...by(desk, decider), actor: decider }, clock()));
  if (goal === "completed") await carryOut(desk, made);
}

/** What takes no call of the API, as the worker does it. Nobody is erased, so nothing goes to the ledger of erasures. */
async function carryOut(desk: Desk, made: Made): Promise<void> {
  const { tx, clock, assessor } = desk;
  await settleLocalStep({ db: tx, clock, quietMs: 0 }, await held(made), by(desk, SYSTEM));
  const ledger = { refOf: () => "", appendErasure: async () => undefined };
  const request = await held(made);
  const actor = request.right === "access" ? assessor : SYSTEM;
  await mustMove(completeRequest(tx, request, { ...by(desk, actor), ledger }, clock()));
}
