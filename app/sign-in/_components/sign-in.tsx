import { useTranslations } from "next-intl";
import { Lone } from "#components/layout/lone.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Note } from "#components/ui/note.tsx";
import type { SignInSearch } from "../search-params.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SignOn } from "./sign-on.tsx";

type SignInProps = Pick<SignInSearch, "ended" | "refused"> & {
  next: string;
  embedded: boolean;
  /** What members call the single sign-on; null where there is none. */
  signOnName: string | null;
};

/** The form, what it may say before anything is typed, and what always holds. */
export function SignIn({ ended, refused, next, embedded, signOnName }: SignInProps) {
  const t = useTranslations("signIn");
  return (
    <Lone foot={t("apart")}>
      <div className="narrow">
        <h1 className="answer">{t("title")}</h1>
        <p className="m2">{t("installation", { parts: embedded ? "embedded" : "connected" })}</p>
        {ended ? (
          <Note tone={ended === "out" ? "ok" : "warn"} role="status">
            {t(`ended.${ended}`)}
          </Note>
        ) : null}
        {refused && signOnName !== null ? (
          <Note tone="bad" role="alert">
            {t(`refused.${refused}`, { name: signOnName })}
          </Note>
        ) : null}
        <ClientMessages rooms={["signIn", "proof"]}>
          {signOnName === null ? null : <SignOn name={signOnName} next={next} />}
          <SignInForm next={next} />
        </ClientMessages>
        {embedded ? <p className="small m">{t("firstTime")}</p> : null}
        <details className="small m cannot">
          <summary>{t("cannot")}</summary>
          <p>{t("cannotText.phone")}</p>
          <p>{t("cannotText.ask")}</p>
        </details>
        <Note>
          <span className="m2">{t("rule")}</span>
        </Note>
      </div>
    </Lone>
  );
}
