"use server";

import { defineAction } from "#lib/action/define-action.ts";
import type { ActionOutcome } from "#lib/action/types.ts";
import { bytesOfUploads, hasUpload, uploadFields } from "#lib/captures/schema.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleLedger } from "#lib/console/ledger.ts";
import { consoleMultibiometrics } from "#lib/console/multibiometrics.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { closeRequest } from "#lib/requests/close-request.ts";
import { completeAccess } from "#lib/requests/complete-access.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { extendRequest } from "#lib/requests/extend-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { rectifyPerson } from "#lib/requests/rectify-person.ts";
import { requestIdentity } from "#lib/requests/request-identity.ts";
import { retryRequest } from "#lib/requests/retry-request.ts";
import {
  closeRequestSchema,
  confirmIdentitySchema,
  decideRequestSchema,
  proposalFormSchema,
  reasonedRequestSchema,
  requestSchema,
  settleRecipientSchema,
} from "#lib/requests/schema.ts";
import { sendBackRequest } from "#lib/requests/send-back-request.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import { settleRecipient } from "#lib/requests/settle-recipient.ts";
import type { RectifyOutcome } from "#lib/requests/types.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import { moverOf, outcomeOf } from "./outcomes.ts";

export const askIdentityAction = defineAction({
  name: "request.ask_identity",
  permission: "request.assess",
  input: requestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await requestIdentity(db, input, moverOf(viewer), at)),
});

export const confirmIdentityAction = defineAction({
  name: "request.confirm_identity",
  permission: "request.assess",
  input: confirmIdentitySchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await confirmIdentity(db, input, moverOf(viewer), at)),
});

export const proposeAction = defineAction({
  name: "request.propose",
  permission: "request.assess",
  input: proposalFormSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await proposeDecision(db, input, moverOf(viewer), at)),
});

export const proposeDeletionAction = defineAction({
  name: "request.propose",
  permission: "person.delete",
  input: proposalFormSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await proposeDecision(db, input, moverOf(viewer), at)),
});

export const decideAction = defineAction({
  name: "request.decide",
  permission: "request.decide",
  input: decideRequestSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await settleDecision(db, { ...input, ...consoleSettings().requests }, moverOf(viewer), at)),
});

export const decideDeletionAction = defineAction({
  name: "request.decide",
  permission: "person.delete",
  input: decideRequestSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await settleDecision(db, { ...input, ...consoleSettings().requests }, moverOf(viewer), at)),
});

export const sendBackAction = defineAction({
  name: "request.send_back",
  permission: "request.steer",
  input: reasonedRequestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await sendBackRequest(db, input, moverOf(viewer), at)),
});

export const withdrawAction = defineAction({
  name: "request.withdraw",
  permission: "request.withdraw",
  input: reasonedRequestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await withdrawRequest(db, input, moverOf(viewer), at)),
});

export const closeAction = defineAction({
  name: "request.close",
  permission: "request.assess",
  input: closeRequestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await closeRequest(db, input, moverOf(viewer), at)),
});

export const extendAction = defineAction({
  name: "request.extend",
  permission: "request.assess",
  input: reasonedRequestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await extendRequest(db, input, moverOf(viewer), at)),
});

export const settleRecipientAction = defineAction({
  name: "request.settle_recipient",
  permission: "request.steer",
  input: settleRecipientSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await settleRecipient(db, input, moverOf(viewer), at)),
});

export const retryAction = defineAction({
  name: "request.retry",
  permission: "request.steer",
  input: requestSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await retryRequest(db, input, moverOf(viewer), at)),
});

/** The statement of what is held was handed over: the request for it is answered. */
export const handOverAction = defineAction({
  name: "request.hand_over",
  permission: "request.assess",
  input: requestSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await completeAccess(db, input, { ...moverOf(viewer), ledger: consoleLedger() }, at)),
});

export const rectifyAction = defineAction({
  name: "request.capture",
  permission: "request.capture",
  input: requestSchema.extend(uploadFields).refine(hasUpload),
  run: async (
    { db, viewer },
    { requestId, version, ...uploads },
  ): Promise<ActionOutcome<RectifyOutcome | null>> => {
    const { timeZone, ...by } = moverOf(viewer);
    const desk = { db, api: consoleMultibiometrics(), ledger: consoleLedger(), clock: systemClock, timeZone };
    const pictures = await bytesOfUploads(uploads);
    const done = await rectifyPerson(desk, { requestId, version, pictures }, by);
    return done.ok ? { ok: true, data: done.outcome } : outcomeOf(done);
  },
});
