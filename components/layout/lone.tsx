import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";
import { PreferenceForm } from "./preference-form.tsx";

const OTHER = {
  "en-GB": { locale: "pt-BR", lang: "pt-BR", name: "Português" },
  "pt-BR": { locale: "en", lang: "en", name: "English" },
} as const;

/** A page without the shell: the name, the other language, one thing to do. */
export function Lone({ children, foot }: { children: ReactNode; foot: string }) {
  const t = useTranslations("shell");
  const other = OTHER[useLocale()];
  return (
    <div className="lone">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header>
        <span className="brand">
          <Mark size={22} />
          Gatehouse
        </span>
        <PreferenceForm>
          <button type="submit" className="link" name="locale" value={other.locale} lang={other.lang}>
            {other.name}
          </button>
        </PreferenceForm>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>{foot}</footer>
    </div>
  );
}
