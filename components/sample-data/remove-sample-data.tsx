"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import type { SampleFigures } from "#lib/sample-data/types.ts";

export type RemoveSampleDataAction = (input: undefined) => Promise<ActionResult<Omit<SampleFigures, "days">>>;

type RemoveSampleDataProps = { figures: SampleFigures; remove: RemoveSampleDataAction };

const FIGURES = ["people", "logins", "verifications", "days"] as const;

/** Says in figures what goes, and removes it once that is confirmed. */
export function RemoveSampleData({ figures, ...acts }: RemoveSampleDataProps) {
  const remove = useProven(acts.remove);
  const t = useTranslations("sampleData");
  const format = useFormatter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  async function confirm() {
    if (busy) return;
    setBusy(true);
    setError(null);
    const done = await remove(undefined);
    setBusy(false);
    if (!done.ok) return setError(done.error);
    setOpen(false);
    toast({ text: t("removed"), detail: t("removedDetail", done.data), stays: true });
  }

  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t("remove")}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        danger
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("keep")}</Button>
            <Button look="kill" onClick={() => void confirm()} aria-disabled={busy}>
              {t(busy ? "removing" : "submit")}
            </Button>
          </>
        }
      >
        <div className="sample-removal">
          <p>{t("goes")}</p>
          <dl>
            {FIGURES.map((name) => (
              <div key={name}>
                <dt>{t(`figures.${name}`)}</dt>
                <dd className="num">{format.number(figures[name])}</dd>
              </div>
            ))}
          </dl>
          <p className="m2">{t("withThem")}</p>
          <p className="m2">{t("stays")}</p>
          <div aria-live="polite">
            {busy ? <p className="m">{t("takes")}</p> : null}
            {error === null ? null : <RemovalFailure error={error} />}
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Whatever was in the way, part of it may be gone: the mark stays until all is, and a repeat goes on from there. */
function RemovalFailure({ error }: { error: ActionError }) {
  const t = useTranslations("sampleData.failed");
  const common = useTranslations("common");
  return (
    <Note tone="bad">
      {t(error.code)} <span className="small m2">{common("reference", { id: error.requestId })}</span>
    </Note>
  );
}
