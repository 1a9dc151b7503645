"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionResult } from "#lib/errors.ts";

type ProofStartProps = {
  name: string;
  ask(input: undefined): Promise<ActionResult<null>>;
  /** It was refused once: it goes on when somebody has read why. */
  waits: boolean;
};

/** Leads to the provider, which is to ask for everything anew: a sign-on it remembers proves nothing. */
export function ProofStart({ name, ask, waits }: ProofStartProps) {
  const t = useTranslations("proof.window");
  const [failed, setFailed] = useState(false);
  const begun = useRef(false);

  async function start() {
    const asked = await ask(undefined);
    if (!asked.ok) return setFailed(true);
    await signIn("oidc", { callbackUrl: "/proof?done=1" }, { prompt: "login", max_age: "0" });
  }

  // Once, though asking makes the page anew: a second beginning would take the place of the first one's state.
  const begin = useEffectEvent(() => void start());
  useEffect(() => {
    if (waits || begun.current) return;
    begun.current = true;
    begin();
  }, [waits]);
  return (
    <>
      {failed ? (
        <Note tone="bad" role="alert">
          {t("failed.failed", { name })}
        </Note>
      ) : null}
      {waits || failed ? (
        <Button look="primary" wide onClick={() => void start()}>
          {t("start", { name })}
        </Button>
      ) : (
        <p className="m2">{t("leading", { name })}</p>
      )}
    </>
  );
}
