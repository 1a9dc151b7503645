"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ActionError } from "#lib/errors.ts";
import { FailureNote } from "./failure-note.tsx";
import { type Chosen, TargetFields } from "./target-fields.tsx";
import type { ShownTarget, TargetActs } from "./types.ts";

type ChangeTargetDialogProps = { target: ShownTarget; change: TargetActs["change"] };

/** Changes what a target is called and told; its address stays. */
export function ChangeTargetDialog({ target, ...acts }: ChangeTargetDialogProps) {
  const change = useProven(acts.change);
  const t = useTranslations("notifications");
  const formId = useId();
  const { name, events, locale } = target;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Chosen>({ name, events, locale });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  function begin() {
    setChosen({ name, events, locale });
    setError(null);
    setOpen(true);
  }

  async function save() {
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await change({ targetId: target.id, ...chosen });
    setBusy(false);
    if (result.ok) setOpen(false);
    else setError(result.error);
  }

  return (
    <>
      <Button small onClick={begin} aria-label={`${t("act.change")}: ${name}`}>
        {t("act.change")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("change.title", { name })}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("new.cancel")}</Button>
            <Button type="submit" form={formId} look="primary" aria-disabled={busy}>
              {t("change.do")}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="form target-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <p className="m2">{t("change.text", { address: target.address })}</p>
          <TargetFields kind={target.kind} chosen={chosen} onChange={setChosen} errors={error?.fields} />
          {error === null || error.fields !== undefined ? null : <FailureNote error={error} />}
        </form>
      </Dialog>
    </>
  );
}
