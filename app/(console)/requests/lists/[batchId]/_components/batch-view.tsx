import "#components/requests/batch.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { BatchHead } from "#components/requests/batch-head.tsx";
import { BatchLive } from "#components/requests/batch-live.tsx";
import { BatchProgress } from "#components/requests/batch-progress.tsx";
import { BatchRail } from "#components/requests/batch-rail.tsx";
import { BatchResults } from "#components/requests/batch-results.tsx";
import { BatchTrack } from "#components/requests/batch-track.tsx";
import type { BatchActs } from "#components/requests/batch-types.ts";
import { LeftOutRows } from "#components/requests/left-out-rows.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { BatchData } from "#lib/request-batches/loaders.ts";
import * as actions from "../../actions.ts";

const ACTS: BatchActs = {
  assess: actions.assessBatchAction,
  approve: actions.approveBatchAction,
  withdraw: actions.withdrawBatchAction,
  pause: actions.pauseBatchAction,
  resume: actions.resumeBatchAction,
  pace: actions.paceBatchAction,
  download: actions.exportLeftOutAction,
};

/** A list of requests: where it is, how its people are, what was left out, and what is next. */
export function BatchView({ data }: { data: BatchData }) {
  const t = useTranslations("batches");
  const { batch, figures, due, names, viewerId, place, leftOut, nextLine, results, nextResult } = data;
  const facts = {
    batch,
    due,
    names,
    viewerId,
    delayHours: data.delayHours,
    peoplePerMinute: data.peoplePerMinute,
    mostPerMinute: data.mostPerMinute,
    mayAssess: data.mayAssess,
    isOpen: data.isOpen,
    isExpired: data.isExpired,
    approvalLock: data.approvalLock,
  };
  return (
    <ClientMessages rooms={["batches", "requests", "errors"]}>
      <BatchLive batchId={batch.id} figures={figures}>
        <Page railLabel={t("rail.label")} rail={<BatchRail facts={facts} acts={ACTS} />}>
          <BatchHead batch={batch} peoplePerMinute={data.peoplePerMinute} now={data.now} />
          <BatchTrack batch={batch} figures={figures} names={names} peoplePerMinute={data.peoplePerMinute} />
          <BatchProgress right={batch.right} />
          <LeftOutRows
            batch={batch}
            counts={figures.rows}
            rows={leftOut}
            place={place}
            nextLine={nextLine}
            download={ACTS.download}
          />
          <BatchResults batch={batch} results={results} place={place} nextResult={nextResult} />
        </Page>
      </BatchLive>
    </ClientMessages>
  );
}
