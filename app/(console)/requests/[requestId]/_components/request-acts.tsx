import { useTranslations } from "next-intl";
import { AssessRequest } from "#components/requests/assess-act.tsx";
import { DecideRequest } from "#components/requests/decide-acts.tsx";
import { AskIdentity, CloseRequest, ConfirmIdentity } from "#components/requests/identity-acts.tsx";
import { PlainAct } from "#components/requests/plain-act.tsx";
import { ReasonedAct } from "#components/requests/reasoned-act.tsx";
import { RectifyRequest } from "#components/requests/rectify-act.tsx";
import { useBasis } from "#components/requests/two-people.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import {
  askIdentityAction,
  closeAction,
  confirmIdentityAction,
  decideAction,
  decideDeletionAction,
  extendAction,
  handOverAction,
  proposeAction,
  proposeDeletionAction,
  rectifyAction,
  retryAction,
  sendBackAction,
  withdrawAction,
} from "../actions.ts";

/** The acts that are open to the reader where the request stands, the one that moves it on first. */
export function NextActs({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const basis = useBasis();
  const { request: row, offers, legalBasis, recipients, presentDigest, decisionLock, personId } = data;
  const { id, version, right, previewDigest, denialGround, batchId, state } = row;
  const request = { id, version, right };
  const isDeletion = right === "deletion";
  const toTell = recipients.filter((one) => one.state === "to_tell");
  return (
    <>
      {offers.decide && decisionLock === null && previewDigest !== null ? (
        <DecideRequest
          request={request}
          digest={previewDigest}
          denialGround={denialGround}
          decide={isDeletion ? decideDeletionAction : decideAction}
        />
      ) : null}
      {offers.assess && presentDigest !== null ? (
        <AssessRequest
          request={request}
          digest={presentDigest}
          basis={legalBasis === null ? null : basis(legalBasis)}
          recipients={toTell.map(({ name, note }) => ({ name, note }))}
          propose={isDeletion ? proposeDeletionAction : proposeAction}
        />
      ) : null}
      {offers.confirmIdentity ? (
        <ConfirmIdentity request={request} confirmIdentity={confirmIdentityAction} />
      ) : null}
      {offers.askIdentity ? <AskIdentity request={request} askIdentity={askIdentityAction} /> : null}
      {right === "rectification" ? (
        <RectifyRequest request={request} isOffered={offers.capture} rectify={rectifyAction} />
      ) : null}
      {offers.handOver && toTell.length === 0 ? (
        <PlainAct request={request} act={handOverAction} words="handOver" />
      ) : null}
      {offers.retry ? <PlainAct request={request} act={retryAction} words="retry" /> : null}
      {offers.sendBack ? (
        <ReasonedAct
          request={request}
          act={sendBackAction}
          opener={{ text: t(state === "awaiting_approval" ? "act.sendBack.open" : "act.sendBack.cancel") }}
          title={t("act.sendBack.title")}
          text={t(state === "awaiting_approval" ? "act.sendBack.text" : "act.sendBack.textCancel")}
          reason={t("act.sendBack.reason")}
          words={{ submit: t("act.sendBack.submit"), busy: t("act.sendBack.busy") }}
        />
      ) : null}
      {batchId === null ? null : (
        <ButtonLink href={`/requests/lists/${batchId}`}>{t("next.list")}</ButtonLink>
      )}
      {personId === null ? null : (
        <ButtonLink href={`/people/${personId}`}>{t("next.person_page")}</ButtonLink>
      )}
      <EndActs data={data} />
    </>
  );
}

/** What ends the request without carrying it out. */
function EndActs({ data: { request: row, offers } }: { data: RequestPageData }) {
  const t = useTranslations("request.act.withdraw");
  const request = { id: row.id, version: row.version, right: row.right };
  return (
    <p className="end-acts small">
      {offers.withdraw ? (
        <ReasonedAct
          request={request}
          act={withdrawAction}
          danger
          opener={{ text: t("open"), look: "link" }}
          title={t("title")}
          text={t("text")}
          reason={t("reason")}
          words={{ submit: t("submit"), busy: t("busy") }}
        />
      ) : null}{" "}
      {offers.close.length > 0 ? (
        <CloseRequest request={request} close={closeAction} reasons={offers.close} />
      ) : null}
    </p>
  );
}

/** Puts the answer off, where the law lets it. */
export function ExtendAct({ data: { request: row, offers } }: { data: RequestPageData }) {
  const t = useTranslations("request.act.extend");
  if (!offers.extend) return null;
  return (
    <p className="small end-acts">
      <ReasonedAct
        request={{ id: row.id, version: row.version, right: row.right }}
        act={extendAction}
        opener={{ text: t("open"), look: "link" }}
        title={t("title")}
        text={t("text")}
        reason={t("reason")}
        words={{ submit: t("submit"), busy: t("busy") }}
      />
    </p>
  );
}
