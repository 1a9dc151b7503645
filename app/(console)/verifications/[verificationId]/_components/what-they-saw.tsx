import { useLocale, useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Section } from "#components/ui/section.tsx";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { FEEDBACK_CODES } from "#lib/feedback/schema.ts";

/** The sentence the person was shown, in both languages; the reader's own stands out. */
export function WhatTheySaw({ code }: { code: string }) {
  const t = useTranslations("verifications.one");
  const isPortuguese = useLocale() === "pt-BR";
  const known = FEEDBACK_CODES.find((one) => one === code);
  if (known === undefined) return null;
  const about = (
    <>
      {t("sawAbout")} <span className="mono">{code}</span>
    </>
  );
  return (
    <Section title={t("saw")} about={about}>
      <div className="two">
        <blockquote className={classNames("said", !isPortuguese && "on")} lang="en">
          <span>{t("english")}</span>
          {feedbackOf(known, "en").text}
        </blockquote>
        <blockquote className={classNames("said", isPortuguese && "on")} lang="pt-BR">
          <span>{t("portuguese")}</span>
          {feedbackOf(known, "pt-BR").text}
        </blockquote>
      </div>
    </Section>
  );
}
