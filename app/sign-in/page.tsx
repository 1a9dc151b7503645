import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Lone } from "#components/layout/lone.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Note } from "#components/ui/note.tsx";
import { safeReturnPath } from "#lib/auth/return-path.ts";
import { findViewer } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { SignInForm } from "./_components/sign-in-form.tsx";
import { parseSignInSearch, type SignInSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("pageTitle") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: PageProps) {
  const search = parseSignInSearch(await searchParams);
  const next = safeReturnPath(search.next);
  // An unreachable database must not keep the page from saying so when the form is sent.
  const found = await findViewer().catch(() => null);
  if (found?.ok) redirect(next);
  return <SignIn ended={search.ended} next={next} embedded={consoleSettings().embedded.database} />;
}

function SignIn({
  ended,
  next,
  embedded,
}: {
  ended: SignInSearch["ended"];
  next: string;
  embedded: boolean;
}) {
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
        <ClientMessages rooms={["signIn", "proof"]}>
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
