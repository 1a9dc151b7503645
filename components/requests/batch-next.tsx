"use client";

import { useFormatter, useTranslations } from "next-intl";
import { LockedButton } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { doneAt } from "#lib/request-batches/rules.ts";
import { isRuled } from "#lib/requests/rules.ts";
import {
  ApproveBatch,
  AssessBatch,
  ChangePace,
  PauseBatch,
  ResumeBatch,
  WithdrawBatch,
} from "./batch-acts.tsx";
import { useBatchFigures } from "./batch-live.tsx";
import type { BatchActs, BatchFacts } from "./batch-types.ts";

type BatchNextProps = { facts: BatchFacts; acts: BatchActs };

/** What is next and who must do it. */
export function BatchNext({ facts, acts }: BatchNextProps) {
  const t = useTranslations("batches.next");
  const { batch, isOpen } = facts;
  return (
    <RailSection title={t(`title.${batch.state}`)}>
      <NextAct facts={facts} acts={acts} />
      {isOpen ? (
        <p className="batch-withdraw">
          <WithdrawBatch batch={batch} act={acts.withdraw} />
        </p>
      ) : null}
    </RailSection>
  );
}

function NextAct({ facts, acts }: BatchNextProps) {
  const t = useTranslations("batches.next");
  const { rows, progress } = useBatchFigures();
  const { batch, mayAssess, isExpired, approvalLock, delayHours } = facts;
  const good = rows.byState.good + rows.byState.opened;
  const isByRule = isRuled(batch.channel);
  const isOfRetention = batch.channel === "retention";
  const lock =
    approvalLock === "not_second_person" && isByRule
      ? t(isOfRetention ? "lockRule" : "lockChoice")
      : t(`lock.${approvalLock ?? "preview_changed"}`);
  switch (batch.state) {
    case "checked":
      if (good === 0) return <p className="m2">{t("noneGood")}</p>;
      if (!mayAssess)
        return (
          <LockedButton id="assess-locked" wide reason={t("officerOnly")}>
            {t("assess", { good })}
          </LockedButton>
        );
      return <AssessBatch batch={batch} good={good} act={acts.assess} />;
    case "awaiting_approval":
      if (isExpired && isByRule)
        return <p className="m2">{t(isOfRetention ? "expiredRetention" : "expiredRollBack")}</p>;
      if (isExpired)
        return mayAssess ? (
          <AssessBatch batch={batch} good={progress.people} act={acts.assess} anew />
        ) : (
          <p className="m2">{t("expired")}</p>
        );
      return approvalLock === null ? (
        <ApproveBatch batch={batch} people={progress.people} delayHours={delayHours} act={acts.approve} />
      ) : (
        <>
          <LockedButton id="approve-locked" wide reason={lock}>
            {t("approve", { people: progress.people })}
          </LockedButton>
          <p className="small m" aria-hidden="true">
            {lock}
          </p>
        </>
      );
    case "approving":
    case "running":
      return <UnderWay facts={facts} acts={acts} />;
    default:
      return <p className="m2">{t(`text.${batch.state}`)}</p>;
  }
}

function UnderWay({ facts: { batch, peoplePerMinute, mostPerMinute }, acts }: BatchNextProps) {
  const t = useTranslations("batches.next");
  const format = useFormatter();
  const { progress, at } = useBatchFigures();
  const { executeAt, pausedAt } = batch;
  const end = executeAt === null ? null : doneAt(progress, { peoplePerMinute, executeAt }, new Date(at));
  return (
    <>
      {pausedAt === null ? (
        <PauseBatch batch={batch} act={acts.pause} />
      ) : (
        <ResumeBatch batch={batch} act={acts.resume} />
      )}
      <p className="small m batch-note">{t(pausedAt === null ? "pauseText" : "pausedText")}</p>
      <dl className="dl">
        <dt>{t("sent")}</dt>
        <dd>
          {t("of", {
            sent: progress.people - progress.waiting - progress.withdrawn,
            people: progress.people,
          })}
        </dd>
        <dt>{t("pace")}</dt>
        <dd>
          {format.number(peoplePerMinute)}{" "}
          <ChangePace batch={batch} now={peoplePerMinute} most={mostPerMinute} act={acts.pace} />
        </dd>
        <dt>{t("doneAt")}</dt>
        <dd>{end === null || pausedAt !== null ? "–" : format.dateTime(end, "minute")}</dd>
        <dt>{t("already")}</dt>
        <dd>{t("notUndone")}</dd>
      </dl>
    </>
  );
}
