"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type Stage, Stages } from "#components/ui/stages.tsx";
import type { Batch, BatchFigures } from "#lib/request-batches/types.ts";
import { isRuled } from "#lib/requests/rules.ts";
import type { BatchState } from "#lib/requests/types.ts";
import { useBatchFigures } from "./batch-live.tsx";

const STEPS = ["read", "checked", "preview", "approval", "waited", "sending", "done"] as const;

/** The step in which a list of each state is. */
const NOW: Record<BatchState, number> = {
  checking: 1,
  checked: 2,
  opening: 2,
  awaiting_approval: 3,
  approving: 4,
  running: 5,
  completed: 7,
  withdrawn: 7,
};

type BatchTrackProps = {
  batch: Batch;
  figures: BatchFigures;
  names: Record<string, string>;
  peoplePerMinute: number;
};

/** Where the list is, from the file to the last receipt. */
export function BatchTrack({ batch, names, peoplePerMinute }: BatchTrackProps) {
  const t = useTranslations("batches.track");
  const format = useFormatter();
  const { rows, progress, at } = useBatchFigures();
  const waits = batch.executeAt !== null && at < batch.executeAt.getTime();
  const now = batch.state === "running" && waits ? 4 : NOW[batch.state];
  const time = (moment: Date | null) => (moment === null ? "" : format.dateTime(moment, "minute"));
  const hours =
    batch.executeAt === null || batch.decidedAt === null
      ? 0
      : Math.round((batch.executeAt.getTime() - batch.decidedAt.getTime()) / 3_600_000);
  const isByRule = isRuled(batch.channel);
  const captions: Record<(typeof STEPS)[number], string> = {
    read: t("rows", { count: batch.rows }),
    checked:
      now > 1 ? t(isByRule ? "people" : "good", { count: rows.byState.good + rows.byState.opened }) : "",
    preview: time(batch.assessedAt),
    approval: batch.decidedBy === null ? "" : `${names[batch.decidedBy] ?? ""}, ${time(batch.decidedAt)}`,
    waited: batch.executeAt === null ? "" : t("until", { time: time(batch.executeAt) }),
    sending: now >= 5 ? t("pace", { count: peoplePerMinute }) : "",
    done: t("people", { count: progress.done }),
  };
  // What the rule found came from no file.
  const first = isByRule ? 1 : 0;
  const stages = STEPS.slice(first).map(
    (id, index): Stage => ({
      id,
      name: isByRule && id === "checked" ? t("found") : t(id, { hours }),
      caption: captions[id],
      state: index + first < now ? "done" : index + first === now ? "now" : "later",
    }),
  );
  const share = {
    1: 1 - rows.byState.unread / Math.max(1, batch.rows),
    2: rows.byState.opened / Math.max(1, rows.byState.good + rows.byState.opened),
    5: progress.people === 0 ? 0 : progress.done / progress.people,
  }[now];
  return (
    <section className="sec bare" aria-label={t("label")}>
      <Stages
        label={t("label")}
        stages={stages}
        share={share ?? null}
        isHalted={batch.state === "withdrawn"}
      />
    </section>
  );
}
