import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PreferenceForm } from "#components/layout/preference-form.tsx";
import styles from "./sample.module.css";

const OTHER = {
  "en-GB": { locale: "pt-BR", name: "Português" },
  "pt-BR": { locale: "en", name: "English" },
} as const;

/** The made-up company's own page: its name, that it is a sample, the other language. */
export function SampleFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("sample.frame");
  const other = OTHER[useLocale()];
  return (
    <div className={`lone ${styles.page}`}>
      <header>
        <b className={styles.brand}>{t("company")}</b>
        <span className="m">{t("what")}</span>
        <PreferenceForm>
          <button type="submit" className="link" name="locale" value={other.locale} lang={other.locale}>
            {other.name}
          </button>
        </PreferenceForm>
      </header>
      <main>{children}</main>
      <footer>
        <span>{t("foot")}</span>
      </footer>
    </div>
  );
}
