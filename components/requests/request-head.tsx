import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { shortHash } from "#components/audit/short.ts";
import { Copy } from "#components/ui/copy.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { isErasing } from "#lib/requests/rules.ts";
import { useRequestTerms } from "./terms.ts";

/** Where the request is, as a sentence, and whose it is. */
export function RequestHead({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const list = useTranslations("requests");
  const { protocol, customId, subjectRef, channel, receivedAt, right, deletionReason } = data.request;
  const terms = useRequestTerms();
  const format = useFormatter();
  const asked = deletionReason === null ? [] : [terms.deletionReason(deletionReason)];
  const crumb = (
    <>
      <Link href="/requests">{list("title")}</Link> <Icon of={ChevronRight} size={12} /> {protocol}{" "}
      <span>
        {t.rich("crumb", {
          right: [inSentence(terms.right(right)), ...asked].join(", "),
          person: () =>
            customId === null ? (
              <span title={subjectRef}>{t("crumbKeyed", { ref: shortHash(subjectRef) })}</span>
            ) : (
              <span className="mono breaks">{customId}</span>
            ),
          day: format.dateTime(receivedAt, "day"),
          channel: inSentence(terms.channel(channel)),
        })}
      </span>
      {customId === null ? null : <Copy text={customId} what="CustomID" />}
    </>
  );
  return <PageHead crumb={crumb} answer={useAnswer(data)} lead={useLead(data)} />;
}

function useAnswer({ request, toTell }: RequestPageData): string {
  const t = useTranslations("request.answer");
  const subjects = useTranslations("request.subject");
  const format = useFormatter();
  const { right, state, proposal, executeAt, nextTryAt } = request;
  const subject = subjects(right);
  const moment = (at: Date) => format.dateTime(at, "minute");
  if (state === "received" && right === "deletion") return t("received_deletion", { subject });
  if (state === "awaiting_approval" && proposal === "deny") return t("awaiting_denial");
  if (state === "scheduled") return t("scheduled", { subject, at: moment(executeAt ?? new Date(0)) });
  if (state === "verifying" && toTell > 0) return t("verifying_recipients", { subject });
  if (state === "verifying" && right === "access") return t("verifying_access", { subject });
  if (state === "failed" && nextTryAt !== null) return t("failed_retry", { subject, at: moment(nextTryAt) });
  return t(state, { subject });
}

function useLead({ request, toTell }: RequestPageData): string {
  const t = useTranslations("request.lead");
  const { right, state, proposal, nextTryAt } = request;
  if (state === "received" && right === "deletion") return t("received_deletion");
  if (state === "awaiting_approval" && proposal === "deny") return t("awaiting_denial");
  if (state === "scheduled" && !isErasing(right)) return t("scheduled_plain");
  if (state === "verifying" && toTell > 0) return t("verifying_recipients");
  if (state === "verifying" && (right === "access" || right === "rectification"))
    return t(`verifying_${right}`);
  if (state === "failed" && nextTryAt !== null) return t("failed_retry");
  if (state === "duplicate" || state === "not_controller" || state === "closed_unverified")
    return t("closed");
  return t(state);
}
