"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  type CaptureChoice,
  fingersIn,
  formOf,
  isEmpty,
  NOTHING_CAPTURED,
} from "#components/capture/capture-choice.ts";
import { LateCapturePane } from "#components/capture/late-capture-pane.tsx";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { RecaptureReason } from "#lib/enrolments/schema.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import { CheckNote } from "./check-note.tsx";
import type { Checked, CheckedPerson, RecaptureAction, Recaptured, VerifyAction } from "./person-acts.ts";
import { RecaptureNote } from "./recapture-note.tsx";
import { RecaptureReasonField } from "./recapture-reason-field.tsx";
import { ReplacedList } from "./replaced-list.tsx";

type RecaptureDialogProps = {
  open: boolean;
  person: CheckedPerson;
  recapture: RecaptureAction;
  verify: VerifyAction;
  onRecaptured(recaptured: Recaptured): void;
  onChecked(checked: Checked): void;
  onClose(): void;
};

type Busy = "recapture" | "verify" | null;

/**
 * Replaces what is enrolled with what is captured now: what goes and what stays, the reason, then what came of it, and a
 * check with the very same pictures.
 */
export function RecaptureDialog(props: RecaptureDialogProps) {
  const { open, person, onClose } = props;
  const t = useTranslations("people.person.recapture");
  const act = useRecapture(props);
  const { choice, busy, recaptured, checked } = act;
  const code = recaptured?.ok ? recaptured.data.code : null;
  const mayVerify = code === "succeeded";
  return (
    <Dialog
      open={open}
      wide
      onClose={onClose}
      title={t("title")}
      footer={
        <>
          <Button onClick={onClose}>{t(mayVerify ? "close" : "cancel")}</Button>
          {mayVerify ? (
            <Button look="primary" aria-disabled={busy !== null} onClick={() => void act.check()}>
              {t(busy === "verify" ? "comparing" : "verify")}
            </Button>
          ) : (
            <Button
              look="primary"
              aria-disabled={busy !== null || isEmpty(choice)}
              onClick={() => void act.send()}
            >
              {t(busy === "recapture" ? "sending" : code === "outcome_unknown" ? "again" : "submit")}
            </Button>
          )}
        </>
      }
    >
      {open ? (
        <div className="with-capture">
          <LateCapturePane
            choice={choice}
            onChoice={act.setChoice}
            sending={busy !== null}
            faceAllowed
            fingersAllowed={FINGER_NUMBERS}
            enrolled={person.fingersEnrolled}
          />
          <div className="facts">
            <ReplacedList person={person} face={choice.face !== null} fingers={fingersIn(choice)} />
            <RecaptureReasonField reason={act.reason} onReason={act.setReason} missing={act.reasonMissing} />
            <div aria-live="polite">
              {act.pictureMissing ? <p className="small st warn">{t("choose")}</p> : null}
              {recaptured === null ? null : <RecaptureNote recaptured={recaptured} />}
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

/** What was captured, why, and what came of sending it. */
function useRecapture({ person, recapture, verify, onRecaptured, onChecked }: RecaptureDialogProps) {
  const [choice, setChoice] = useState<CaptureChoice>(NOTHING_CAPTURED);
  const [reason, setReason] = useState<RecaptureReason | "">("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState<Busy>(null);
  const [recaptured, setRecaptured] = useState<Recaptured | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  return {
    choice,
    reason,
    setReason,
    busy,
    recaptured,
    checked,
    reasonMissing: asked && reason === "",
    pictureMissing: asked && isEmpty(choice),
    setChoice(next: CaptureChoice) {
      setChoice(next);
      setRecaptured(null);
      setChecked(null);
    },
    async send() {
      setAsked(true);
      if (busy !== null || reason === "" || isEmpty(choice)) return;
      setBusy("recapture");
      setRecaptured(null);
      const done = await recapture(formOf(choice, { personId: person.id, reason }));
      setBusy(null);
      setRecaptured(done);
      onRecaptured(done);
    },
    async check() {
      if (busy !== null) return;
      setBusy("verify");
      setChecked(null);
      const done = await verify(formOf(choice, { personId: person.id }));
      setBusy(null);
      setChecked(done);
      onChecked(done);
    },
  };
}
