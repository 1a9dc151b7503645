"use client";

import { Camera, ScanFace } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button, LockedButton } from "#components/ui/button.tsx";
import { useKey } from "#components/ui/use-key.ts";
import type { ActLock } from "#lib/people/types.ts";
import { CheckNote } from "./check-note.tsx";
import type { Checked, CheckedPerson, RecaptureAction, Recaptured, VerifyAction } from "./person-acts.ts";
import { RecaptureDialog } from "./recapture-dialog.tsx";
import { RecaptureNote } from "./recapture-note.tsx";
import { VerifyDialog } from "./verify-dialog.tsx";

type StaffActsProps = {
  person: CheckedPerson;
  verifyLock: ActLock | null;
  recaptureLock: ActLock | null;
  /** The last try was usable and did not match: a new capture may help. */
  notRecognised: boolean;
  verify: VerifyAction;
  recapture: RecaptureAction;
};

/** Verify now (V) and recapture (R), or what opens them where they are locked. What came of them stays on the page. */
export function StaffActs({
  person,
  verifyLock,
  recaptureLock,
  notRecognised,
  verify,
  recapture,
}: StaffActsProps) {
  const t = useTranslations("people.person");
  const format = useFormatter();
  const [open, setOpen] = useState<"verify" | "recapture" | null>(null);
  // Each opening starts anew; a closed dialog stays in the page so that it can give the focus back.
  const [opened, setOpened] = useState(0);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [recaptured, setRecaptured] = useState<Recaptured | null>(null);
  const start = (act: "verify" | "recapture") => () => {
    if ((act === "verify" ? verifyLock : recaptureLock) !== null) return;
    setOpen(act);
    setOpened((count) => count + 1);
  };
  useKey("v", start("verify"));
  useKey("r", start("recapture"));
  const close = () => setOpen(null);
  const recaptureLabel = t(person.faceEnrolled ? "recapture.openFace" : "recapture.open");
  return (
    <>
      {verifyLock === null ? (
        <Button look="primary" wide icon={ScanFace} onClick={start("verify")} aria-keyshortcuts="V">
          {t("verify.open")} <kbd>V</kbd>
        </Button>
      ) : (
        <LockedButton id="verify-locked" wide icon={ScanFace} reason={t(`verify.lock.${verifyLock}`)}>
          {t("verify.open")}
        </LockedButton>
      )}
      {recaptureLock === null ? (
        <Button wide icon={Camera} onClick={start("recapture")} aria-keyshortcuts="R">
          {recaptureLabel} <kbd>R</kbd>
        </Button>
      ) : (
        <LockedButton id="recapture-locked" wide icon={Camera} reason={t(`recapture.lock.${recaptureLock}`)}>
          {recaptureLabel}
        </LockedButton>
      )}
      {verifyLock === null ? null : (
        <p className="small m" aria-hidden="true">
          {t(`verify.lock.${verifyLock}`)}
        </p>
      )}
      {notRecognised && recaptureLock === null && recaptured === null ? (
        <p className="small m">
          {t("recapture.hint", {
            since: person.enrolledAt === null ? "none" : "known",
            sinceText: person.enrolledAt === null ? "" : format.dateTime(person.enrolledAt, "day"),
          })}
        </p>
      ) : null}
      {recaptured === null ? null : <RecaptureNote recaptured={recaptured} />}
      {checked === null ? null : checked.ok ? (
        <CheckNote result={checked.data} />
      ) : (
        <ActFailure isLive error={checked.error} />
      )}
      <VerifyDialog
        key={`verify-${opened}`}
        open={open === "verify"}
        person={person}
        verify={verify}
        onChecked={setChecked}
        onClose={close}
      />
      <RecaptureDialog
        key={`recapture-${opened}`}
        open={open === "recapture"}
        person={person}
        recapture={recapture}
        verify={verify}
        onRecaptured={(done) => {
          setRecaptured(done);
          setChecked(null);
        }}
        onChecked={setChecked}
        onClose={close}
      />
    </>
  );
}
