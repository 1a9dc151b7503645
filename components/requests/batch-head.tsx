"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { doneAt } from "#lib/request-batches/rules.ts";
import type { Batch } from "#lib/request-batches/types.ts";
import { isErasing, isRuled } from "#lib/requests/rules.ts";
import { useBatchFigures } from "./batch-live.tsx";
import { useRequestTerms } from "./terms.ts";

type BatchHeadProps = { batch: Batch; peoplePerMinute: number; now: Date };

/** The sentence the page is opened for, kept new. */
export function BatchHead({ batch, peoplePerMinute, now }: BatchHeadProps) {
  const t = useTranslations("batches");
  const terms = useRequestTerms();
  const format = useFormatter();
  const { rows, progress } = useBatchFigures();
  const { executeAt, pausedAt, state } = batch;
  const waits = state === "running" && executeAt !== null && now < executeAt;
  const end =
    executeAt === null || pausedAt !== null ? null : doneAt(progress, { peoplePerMinute, executeAt }, now);
  const facts = {
    kind: isErasing(batch.right) ? "erasing" : "other",
    rows: batch.rows,
    read: batch.rows - rows.byState.unread,
    good: rows.byState.good + rows.byState.opened,
    leftOut: rows.byState.left_out,
    opened: rows.byState.opened,
    ...progress,
    sent: progress.people - progress.waiting,
    until: executeAt === null ? "" : format.dateTime(executeAt, "minute"),
    end: end === null ? "none" : format.dateTime(end, "minute"),
  };
  const key = state === "running" && pausedAt !== null ? "paused" : waits ? "waiting" : state;
  const { channel, inactiveBefore } = batch;
  const lead =
    !isRuled(channel) || key !== "awaiting_approval"
      ? t(`lead.${key}`, facts)
      : t(channel === "retention" ? "leadRetention" : "leadRollBack");
  return (
    <PageHead
      crumb={
        <>
          <Link href="/requests" prefetch={false}>
            {t("requests")}
          </Link>
          <Icon of={ChevronRight} size={12} />
          <span>
            {batch.name} · {terms.right(batch.right)},{" "}
            {t(isRuled(channel) ? "track.people" : "rowCount", { count: batch.rows })} ·{" "}
            {inactiveBefore !== null ? (
              t("retention", { day: format.dateTime(inactiveBefore, "day") })
            ) : channel === "roll_back" ? (
              t("rollBack")
            ) : (
              <>
                <span className="mono">{batch.fileName}</span> ·{" "}
                {t("received", { day: format.dateTime(batch.receivedAt, "day") })}
              </>
            )}
          </span>
        </>
      }
      answer={t(`answer.${key}`, facts)}
      lead={<span role="status">{lead}</span>}
    />
  );
}
