"use server";

import { getTranslations } from "next-intl/server";
import { defineAction } from "#lib/action/define-action.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { approveBatch } from "#lib/request-batches/approve-batch.ts";
import { assessBatch } from "#lib/request-batches/assess-batch.ts";
import { changeCourse } from "#lib/request-batches/change-course.ts";
import { examineList } from "#lib/request-batches/examine-list.ts";
import { exportLeftOut } from "#lib/request-batches/export-left-out.ts";
import { openBatch } from "#lib/request-batches/open-batch.ts";
import { receiptOf } from "#lib/request-batches/rules.ts";
import {
  approveBatchSchema,
  assessBatchSchema,
  courseSchema,
  openBatchSchema,
  paceBatchSchema,
  withdrawBatchSchema,
} from "#lib/request-batches/schema.ts";
import { withdrawBatch } from "#lib/request-batches/withdraw-batch.ts";
import { batchOutcome, memberOf } from "./outcomes.ts";

export const openBatchAction = defineAction({
  name: "request_batch.open",
  permission: "request.open",
  input: openBatchSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { file, receivedOn, ...asked }) => {
    const { timeZone } = consoleSettings();
    const list = examineList(new Uint8Array(await file.arrayBuffer()));
    if (!list.ok)
      return { ok: false, code: "invalid_input", fields: { file: [list.trouble, String(list.line ?? "")] } };
    const { rows, sha256 } = list;
    const input = {
      ...asked,
      rows,
      sha256,
      fileName: file.name,
      receivedAt: receiptOf(receivedOn, timeZone),
    };
    const done = await openBatch(db, input, { actor: memberOf(viewer), timeZone }, at);
    return done.ok
      ? { ok: true, data: { batchId: done.batchId } }
      : { ok: false, code: "invalid_input", fields: { receivedOn: ["future"] } };
  },
});

export const assessBatchAction = defineAction({
  name: "request_batch.assess",
  permission: "request.assess",
  input: assessBatchSchema,
  run: async ({ db, viewer, at }, input) => batchOutcome(await assessBatch(db, input, memberOf(viewer), at)),
});

export const approveBatchAction = defineAction({
  name: "request_batch.approve",
  permission: "request.decide",
  input: approveBatchSchema,
  run: async ({ db, viewer, at }, input) => {
    const { delayHours, isSingleControl } = consoleSettings().requests;
    const approval = { ...input, delayHours, isSingleControl };
    return batchOutcome(await approveBatch(db, approval, memberOf(viewer), at));
  },
});

export const withdrawBatchAction = defineAction({
  name: "request_batch.withdraw",
  permission: "request.withdraw",
  input: withdrawBatchSchema,
  run: async ({ db, viewer, at }, input) =>
    batchOutcome(await withdrawBatch(db, input, memberOf(viewer), at)),
});

export const pauseBatchAction = defineAction({
  name: "request_batch.pause",
  permission: "request.steer",
  input: courseSchema,
  run: async ({ db, viewer, at }, input) =>
    batchOutcome(await changeCourse(db, { ...input, kind: "pause" }, memberOf(viewer), at)),
});

export const resumeBatchAction = defineAction({
  name: "request_batch.resume",
  permission: "request.steer",
  input: courseSchema,
  run: async ({ db, viewer, at }, input) =>
    batchOutcome(await changeCourse(db, { ...input, kind: "resume" }, memberOf(viewer), at)),
});

export const paceBatchAction = defineAction({
  name: "request_batch.pace",
  permission: "request.steer",
  input: paceBatchSchema,
  run: async ({ db, viewer, at }, input) =>
    batchOutcome(await changeCourse(db, { ...input, kind: "pace" }, memberOf(viewer), at)),
});

export const exportLeftOutAction = defineAction({
  name: "request_batch.download",
  permission: "people.export",
  input: courseSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { batchId }) => {
    const t = await getTranslations("batches.leftOut");
    const words = {
      heading: [t("row"), "CustomID", t("wrong")] as const,
      troubleOf: ({ trouble, fact }: { trouble: string; fact: string | null }) =>
        `${t(`trouble.${trouble}` as "trouble.on_hold")}: ${t(`means.${trouble}` as "means.on_hold", { fact: fact ?? "none" })}`,
    };
    const file = await exportLeftOut(db, batchId, words, memberOf(viewer), at);
    return file === null ? { ok: false, code: "not_found" } : { ok: true, data: file };
  },
});
