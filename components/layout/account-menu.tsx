import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { FORMAT_LOCALES, LOCALES } from "#lib/i18n/locales.ts";
import { THEMES, type Theme } from "#lib/i18n/theme.ts";
import type { Role } from "#lib/members/schema.ts";
import { PreferenceForm } from "./preference-form.tsx";

export const ACCOUNT_MENU_ID = "account-menu";
const LANGUAGE_NAMES = { en: "English", "pt-BR": "Português" } as const;

type AccountMenuProps = { name: string; role: Role; theme: Theme; signOut: ReactNode };

/** Who is signed in, in which language and appearance, and the way out. Opened by any button that names it. */
export function AccountMenu({ name, role, theme, signOut }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const terms = useTranslations("terms.role");
  const locale = useLocale();
  return (
    <div id={ACCOUNT_MENU_ID} popover="auto" className="menu" role="dialog" aria-label={t("open")}>
      <p>
        <b className="b">{name}</b>
        <br />
        <span className="m small">{terms(role)}</span>
      </p>
      <ButtonLink href="/account" wide>
        {t("page")}
      </ButtonLink>
      <PreferenceForm>
        <span className="tiny m">{t("language")}</span>
        {LOCALES.map((option) => (
          <button
            type="submit"
            key={option}
            className="chip"
            name="locale"
            value={option}
            lang={option}
            aria-pressed={FORMAT_LOCALES[option] === locale}
          >
            {LANGUAGE_NAMES[option]}
          </button>
        ))}
      </PreferenceForm>
      <PreferenceForm>
        <span className="tiny m">{t("theme")}</span>
        {THEMES.map((option) => (
          <button
            type="submit"
            key={option}
            className="chip"
            name="theme"
            value={option}
            aria-pressed={option === theme}
          >
            {t(`themes.${option}`)}
          </button>
        ))}
      </PreferenceForm>
      {signOut}
    </div>
  );
}
