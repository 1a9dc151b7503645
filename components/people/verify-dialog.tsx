"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type CaptureChoice, formOf, isEmpty, NOTHING_CAPTURED } from "#components/capture/capture-choice.ts";
import { LateCapturePane } from "#components/capture/late-capture-pane.tsx";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { CheckNote } from "./check-note.tsx";
import type { Checked, CheckedPerson, VerifyAction } from "./person-acts.ts";

type VerifyDialogProps = {
  open: boolean;
  person: CheckedPerson;
  verify: VerifyAction;
  onChecked(checked: Checked): void;
  onClose(): void;
};

/** Compares what is captured now with the enrolment and says what came of it, in place. */
export function VerifyDialog({ open, person, verify, onChecked, onClose }: VerifyDialogProps) {
  const t = useTranslations("people.person.verify");
  const [choice, setChoice] = useState<CaptureChoice>(NOTHING_CAPTURED);
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [asked, setAsked] = useState(false);

  async function compare() {
    setAsked(true);
    if (busy || isEmpty(choice)) return;
    setBusy(true);
    setChecked(null);
    const done = await verify(formOf(choice, { personId: person.id }));
    setBusy(false);
    setChecked(done);
    onChecked(done);
  }

  return (
    <Dialog
      open={open}
      wide
      onClose={onClose}
      title={t("title")}
      footer={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button look="primary" aria-disabled={busy || isEmpty(choice)} onClick={() => void compare()}>
            {busy ? t("comparing") : t(checked === null ? "submit" : "again")}
          </Button>
        </>
      }
    >
      {open ? (
        <div className="with-capture">
          <LateCapturePane
            choice={choice}
            onChoice={(next) => {
              setChoice(next);
              setChecked(null);
              setAsked(false);
            }}
            sending={busy}
            faceAllowed={person.faceEnrolled}
            fingersAllowed={person.fingersEnrolled}
            enrolled={person.fingersEnrolled}
          />
          <div className="facts">
            <p className="m2">{t("text")}</p>
            <div aria-live="polite">
              {asked && isEmpty(choice) ? <p className="small st warn">{t("choose")}</p> : null}
              {checked === null ? null : checked.ok ? (
                <CheckNote result={checked.data} />
              ) : (
                <ActFailure isLive error={checked.error} />
              )}
            </div>
          </div>
        </div>
      ) : null}
    </Dialog>
  );
}
