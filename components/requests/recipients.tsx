import { Check, CircleDashed, Minus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Act } from "#components/forms/types.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { SettleRecipient } from "./settle-recipient-acts.tsx";

const LOOKS = { to_tell: CircleDashed, told: Check, excused: Minus } as const;

/** Whoever else got the data, each told or excused. */
export function Recipients({ data, settle }: { data: RequestPageData; settle: Act<unknown> }) {
  const t = useTranslations("request.recipients");
  const format = useFormatter();
  const { request, recipients, names, offers } = data;
  const article = request.regimes.includes("lgpd") ? "LGPD art.\u00a018\u00a0§6" : "GDPR art.\u00a019";
  return (
    <Section title={t("title")} about={article}>
      {recipients.length === 0 ? (
        <p className="m2">{t(request.assessedAt === null ? "noneYet" : "none")}</p>
      ) : (
        <ul className="todo">
          {recipients.map((one) => (
            <li key={one.id}>
              <Icon of={LOOKS[one.state]} {...(one.state === "told" ? { tone: "ok" as const } : {})} />
              <span className="breaks">{one.name}</span>
              <small className="breaks">
                {one.state === "to_tell" || one.settledAt === null
                  ? t("toTell")
                  : t(one.state, {
                      at: format.dateTime(one.settledAt, "dayAndMonth"),
                      name: one.settledBy === null ? "–" : (names.members[one.settledBy] ?? "–"),
                    })}
                {one.note === null ? null : ` · ${one.note}`}
              </small>
              {one.state === "to_tell" && (offers.tell || offers.excuse) ? (
                <small className="settle">
                  {offers.tell ? (
                    <SettleRecipient requestId={request.id} recipient={one} state="told" settle={settle} />
                  ) : null}{" "}
                  {offers.excuse ? (
                    <SettleRecipient requestId={request.id} recipient={one} state="excused" settle={settle} />
                  ) : null}
                </small>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
