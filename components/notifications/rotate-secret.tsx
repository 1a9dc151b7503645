"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ActionError } from "#lib/errors.ts";
import { FailureNote } from "./failure-note.tsx";
import { SecretOnce } from "./secret-once.tsx";
import type { ShownTarget, TargetActs } from "./types.ts";

type RotateSecretProps = { target: ShownTarget; rotate: TargetActs["rotate"] };

/** Makes a new signing secret and shows it, the only time it can be read. */
export function RotateSecret({ target, ...acts }: RotateSecretProps) {
  const rotate = useProven(acts.rotate);
  const t = useTranslations("notifications");
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState<ActionError | null>(null);

  function close() {
    setOpen(false);
    setSecret(null);
  }

  async function act() {
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await rotate({ targetId: target.id });
    setBusy(false);
    if (result.ok) setSecret(result.data.secret);
    else setError(result.error);
  }

  return (
    <>
      <Button small onClick={() => setOpen(true)} aria-label={`${t("act.rotate")}: ${target.name}`}>
        {t("act.rotate")}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t(secret === null ? "rotate.title" : "once.title", { name: target.name })}
        footer={
          secret === null ? (
            <>
              <Button onClick={close}>{t("rotate.cancel")}</Button>
              <Button look="primary" onClick={act} aria-disabled={busy}>
                {t("rotate.do")}
              </Button>
            </>
          ) : (
            <Button onClick={close}>{t("once.stored")}</Button>
          )
        }
      >
        {secret === null ? <p className="m2">{t("rotate.text")}</p> : <SecretOnce secret={secret} />}
        {secret === null ? null : <p className="small m">{t("rotate.both")}</p>}
        {error === null ? null : <FailureNote error={error} />}
      </Dialog>
    </>
  );
}
