"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { signOutAction } from "../actions.ts";

/** Ends the session and leaves for the sign-in page. */
export function SignOut() {
  const t = useTranslations("shell.account");
  const [failed, setFailed] = useState(false);
  const [pending, startTransition] = useTransition();
  function signOut() {
    startTransition(async () => {
      const result = await signOutAction(undefined);
      // A new document: what this one holds of people in its memory goes with it.
      if (result.ok || result.error.code === "signed_out") window.location.replace("/sign-in?ended=out");
      else setFailed(true);
    });
  }
  return (
    <>
      <Button wide icon={LogOut} onClick={signOut} aria-busy={pending}>
        {pending ? t("signingOut") : t("signOut")}
      </Button>
      {failed ? (
        <Note tone="bad" role="alert">
          {t("signOutFailed")}
        </Note>
      ) : null}
    </>
  );
}
