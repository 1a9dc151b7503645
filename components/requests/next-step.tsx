import { KeyRound } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";

/** Whose turn it is and what they do; the buttons stand below. */
export function NextStep({ data, children }: { data: RequestPageData; children: ReactNode }) {
  const t = useTranslations("request.next");
  const hold = useTranslations("request");
  const { offers, decisionLock, isOnHold } = data;
  return (
    <RailSection title={t("title")} about={useWhose(data)}>
      <p className="m2 next-text">{useText(data)}</p>
      {isOnHold ? (
        <Note tone="warn">
          <b>{hold("hold")}</b>
        </Note>
      ) : null}
      <div className="next-acts">{children}</div>
      {offers.decide && decisionLock === null ? (
        <p className="small m">
          <Icon of={KeyRound} size={14} /> {t("secondFactor")}
        </p>
      ) : null}
    </RailSection>
  );
}

function useWhose({ next }: RequestPageData): string {
  const t = useTranslations("request.next");
  if (next === null) return t("nobody");
  if (next.by !== "members") return t(next.by);
  return t(next.isYou ? "yours" : "theirs");
}

function useText({ next, request, offers, decisionLock, isSingleControl, toTell }: RequestPageData): string {
  const t = useTranslations("request.next");
  const locale = useLocale();
  const format = useFormatter();
  const { state } = request;
  if (next === null) return t("closed");
  if (next.by === "person") return t("capture");
  if (next.by === "gatehouse") {
    if (next.at === null) return t("wait");
    return t(state === "scheduled" ? "scheduled" : "waitUntil", { at: format.dateTime(next.at, "minute") });
  }
  if (state === "awaiting_approval" && decisionLock !== null && decisionLock !== "not_second_person")
    return t(`why.${decisionLock}`);
  if (next.isYou) {
    if (state === "awaiting_approval") return t(isSingleControl ? "decideSingle" : "decide");
    if (state === "failed") return t("retry");
    if (state === "verifying") return t(toTell > 0 ? "tell" : "handOver");
    if (offers.assess) return t("assess");
    return t(state === "identity_pending" ? "identity_pending" : "identity");
  }
  const others = new Intl.ListFormat(locale, { type: "disjunction" }).format(next.others);
  const waits = next.others.length === 0 ? t("nobodyCan") : t("others", { names: others });
  return decisionLock === null ? waits : `${t(`why.${decisionLock}`)} ${waits}`;
}
