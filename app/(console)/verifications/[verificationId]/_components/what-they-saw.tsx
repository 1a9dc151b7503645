import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Section } from "#components/ui/section.tsx";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { FEEDBACK_CODES } from "#lib/feedback/schema.ts";
import { LOCALES } from "#lib/i18n/locales.ts";
import type { Verification } from "#lib/verifications/types.ts";

const NAMES = { en: "english", "pt-BR": "portuguese" } as const;

type WhatTheySawProps = { verification: Pick<Verification, "feedbackCode" | "feedbackLocale"> };

/** The sentence the application was given to show, in both languages; the one it was given in stands out. */
export function WhatTheySaw({ verification: { feedbackCode, feedbackLocale } }: WhatTheySawProps) {
  const t = useTranslations("verification.saw");
  const code = FEEDBACK_CODES.find((one) => one === feedbackCode);
  if (code === undefined) return null;
  const about = (
    <>
      {t("about")} <span className="mono">{code}</span>
      {feedbackLocale === null ? `; ${t("notRecorded")}` : null}
    </>
  );
  return (
    <Section title={t("title")} about={about}>
      <div className="two">
        {LOCALES.map((locale) => {
          const isShown = locale === feedbackLocale;
          const language = t(NAMES[locale]);
          return (
            <blockquote key={locale} className={classNames("said", isShown && "on")}>
              <span>{isShown ? t("shown", { language }) : language}</span>
              <p lang={locale}>{feedbackOf(code, locale).text}</p>
            </blockquote>
          );
        })}
      </div>
    </Section>
  );
}
