"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ActionError } from "#lib/errors.ts";
import { FailureNote } from "./failure-note.tsx";
import type { ShownTarget, TargetActs } from "./types.ts";

type RemoveTargetProps = { target: ShownTarget; remove: TargetActs["remove"] };

/** Removes a target after saying what that ends. */
export function RemoveTarget({ target, ...acts }: RemoveTargetProps) {
  const remove = useProven(acts.remove);
  const t = useTranslations("notifications");
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  async function act() {
    if (busy) return;
    setBusy(true);
    const result = await remove({ targetId: target.id });
    setBusy(false);
    // The target goes from the page by itself.
    if (!result.ok) setError(result.error);
  }

  return (
    <>
      <Button
        small
        look="danger"
        onClick={() => setOpen(true)}
        aria-label={`${t("act.remove")}: ${target.name}`}
      >
        {t("act.remove")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        danger
        title={t("remove.title", { name: target.name })}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("remove.cancel")}</Button>
            <Button look="kill" onClick={act} aria-disabled={busy}>
              {t("remove.do")}
            </Button>
          </>
        }
      >
        <p className="m2">{t("remove.text")}</p>
        {error === null ? null : <FailureNote error={error} />}
      </Dialog>
    </>
  );
}
