"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionResult } from "#lib/errors.ts";
import { useSessionLeft } from "./use-session-left.ts";

type SessionWatchProps = {
  stay(input: undefined): Promise<ActionResult<null>>;
  signOut(input: undefined): Promise<ActionResult<null>>;
};

/** Leaves for the sign-in, which leads back here: a new document, so that nothing of people stays in memory. */
function leave(why: "idle" | "absolute" | "ended" | "again") {
  const query = new URLSearchParams({ next: window.location.pathname + window.location.search });
  if (why !== "again") query.set("ended", why);
  window.location.replace(`/sign-in?${query}`);
}

/** Warns before the session ends, lets its member stay while that is possible, and leaves the page once it has ended. */
export function SessionWatch({ stay, signOut }: SessionWatchProps) {
  const t = useTranslations("shell.session");
  const { left, warning, ask } = useSessionLeft(leave);
  const [failed, setFailed] = useState(false);
  // Of the end that nothing can put off somebody needs to be told once.
  const [hasHeard, setHasHeard] = useState(false);
  const kind = warning ?? "idle";
  const endMs = left === null ? 0 : kind === "absolute" ? left.absoluteMs : left.idleMs;
  const seconds = Math.ceil(endMs / 1000);
  const time = t("left", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });

  async function keep() {
    if (warning === "absolute") return setHasHeard(true);
    const result = await stay(undefined);
    if (!result.ok && result.error.code === "signed_out") return leave("idle");
    setFailed(!result.ok);
    ask();
  }

  async function end() {
    const result = await signOut(undefined);
    if (!result.ok && result.error.code !== "signed_out") return setFailed(true);
    if (warning === "absolute") leave("again");
    else window.location.replace("/sign-in?ended=out");
  }

  const isOpen = warning === "idle" || (warning === "absolute" && !hasHeard);
  return (
    <Dialog
      // What failed after Esc has closed the dialog opens it again, to say so.
      key={String(failed)}
      open={isOpen}
      onClose={() => isOpen && void keep()}
      title={t(`${kind}.title`)}
      footer={
        <>
          {/* First, as it gets the focus: whoever is typing when this opens must not sign out by it. */}
          <Button look="primary" onClick={() => void keep()}>
            {t(`${kind}.stay`)}
          </Button>
          <Button onClick={() => void end()}>{t(`${kind}.out`)}</Button>
        </>
      }
    >
      <p className="m2">{t(`${kind}.text`, { left: time })}</p>
      {failed ? (
        <Note tone="bad" role="alert">
          {t("failed")}
        </Note>
      ) : null}
    </Dialog>
  );
}
