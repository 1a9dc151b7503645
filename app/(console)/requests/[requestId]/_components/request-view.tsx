import "#components/requests/request.css";
import { useTranslations } from "next-intl";
import { VerifyNow } from "#components/audit/verify-now.tsx";
import { Page } from "#components/layout/page.tsx";
import { Attempts } from "#components/requests/attempts.tsx";
import { DeadlineRail, IfApprovedRail } from "#components/requests/deadline-rail.tsx";
import { Documents } from "#components/requests/documents.tsx";
import { Evidence } from "#components/requests/evidence.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { NextStep } from "#components/requests/next-step.tsx";
import { Recipients } from "#components/requests/recipients.tsx";
import { RequestHead } from "#components/requests/request-head.tsx";
import { RequestPreview } from "#components/requests/request-preview.tsx";
import { RequestTrack } from "#components/requests/request-track.tsx";
import { TwoPeople } from "#components/requests/two-people.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { verifyLogAction } from "../../../audit/actions.ts";
import { settleRecipientAction } from "../actions.ts";
import { ExtendAct, NextActs } from "./request-acts.tsx";

/** Where the request is, what goes and stays, who decides, its evidence, and what is next. */
export function RequestView({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const { request, stamp, mayVerify, log } = data;
  const rail = (
    <>
      <NextStep data={data}>
        <NextActs data={data} />
      </NextStep>
      <DeadlineRail data={data} extend={<ExtendAct data={data} />} />
      <IfApprovedRail data={data} />
    </>
  );
  return (
    <ClientMessages rooms={["request", "requests", "errors", "audit", "capture", "terms"]}>
      <Page actFirst railLabel={t("rail")} rail={rail}>
        <RequestHead data={data} />
        <RequestTrack data={data} />
        <RequestPreview data={data} />
        <div className="two">
          <TwoPeople data={data} />
          <Recipients data={data} settle={settleRecipientAction} />
        </div>
        <Documents requestId={request.id} documents={data.documents} isMaking={data.isMakingReceipt} />
        <Attempts attempts={data.attempts} />
        <Evidence
          data={data}
          verify={mayVerify ? <VerifyNow quiet isUnderWay={log.open !== null} act={verifyLogAction} /> : null}
        />
        <FollowAlong path={`/api/requests/${request.id}/stamp`} stamp={stamp} />
      </Page>
    </ClientMessages>
  );
}
