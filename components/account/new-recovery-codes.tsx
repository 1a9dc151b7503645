"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { RecoveryCodesOnce } from "#components/proof/recovery-codes-once.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ActionError } from "#lib/errors.ts";
import type { AccountActs } from "./types.ts";

/** Makes ten new recovery codes and shows them, the only time they can be read. */
export function NewRecoveryCodes(acts: Pick<AccountActs, "createCodes">) {
  const t = useTranslations("account.codes");
  const createCodes = useProven(acts.createCodes);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<ActionError | null>(null);

  function close() {
    setOpen(false);
    setCodes(null);
    setError(null);
  }

  async function make() {
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await createCodes(undefined);
    setBusy(false);
    if (result.ok) setCodes(result.data);
    else setError(result.error);
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      <Dialog
        open={open}
        onClose={close}
        title={t(codes === null ? "title" : "madeTitle")}
        footer={
          codes === null ? (
            <>
              <Button onClick={close}>{t("cancel")}</Button>
              <Button look="primary" onClick={() => void make()} aria-disabled={busy}>
                {t(busy ? "making" : "make")}
              </Button>
            </>
          ) : (
            <Button look="primary" onClick={close}>
              {t("stored")}
            </Button>
          )
        }
      >
        {codes === null ? <p className="m2">{t("text")}</p> : <RecoveryCodesOnce codes={codes} />}
        {error === null ? null : <ActFailure error={error} />}
      </Dialog>
    </>
  );
}
