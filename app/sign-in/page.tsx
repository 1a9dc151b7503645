import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeReturnPath } from "#lib/auth/return-path.ts";
import { findViewer } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { SignIn } from "./_components/sign-in.tsx";
import { parseSignInSearch } from "./search-params.ts";

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
  const { embedded, oidc } = consoleSettings();
  const { ended, refused } = search;
  return (
    <SignIn
      ended={ended}
      refused={refused}
      next={next}
      embedded={embedded.database}
      signOnName={oidc?.name ?? null}
    />
  );
}
