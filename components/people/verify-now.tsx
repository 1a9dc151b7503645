"use client";

import { ScanFace } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { ActionResult } from "#lib/errors.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { CheckResult } from "#lib/verifications/types.ts";
import { CheckFailure, CheckNote } from "./check-note.tsx";
import { type PictureTrouble, preparePicture } from "./prepare-picture.ts";

export type VerifyAction = (form: FormData) => Promise<ActionResult<CheckResult>>;

type VerifyNowProps = {
  personId: string;
  faceEnrolled: boolean;
  fingersEnrolled: readonly FingerNumber[];
  verify: VerifyAction;
};

const FIELDS = "input, select, textarea, dialog[open] *, [popover]:popover-open *";

/** Compares a chosen picture with the enrolment and says what came of it, in place. V opens it. */
export function VerifyNow({ personId, faceEnrolled, fingersEnrolled, verify }: VerifyNowProps) {
  const t = useTranslations("people.person.verify");
  const fingers = useTranslations("people.person.finger");
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<PictureTrouble | null>(null);
  const [result, setResult] = useState<ActionResult<CheckResult> | null>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "v" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(FIELDS)) return;
      event.preventDefault();
      setOpen(true);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  async function compare(fields: FormData) {
    setTrouble(null);
    setResult(null);
    setBusy(true);
    const chosen = fields.get("picture");
    const prepared = await preparePicture(chosen instanceof File ? chosen : undefined);
    if (prepared.ok) {
      fields.set("picture", prepared.picture, "picture");
      fields.set("personId", personId);
      setResult(await verify(fields));
    } else setTrouble(prepared.trouble);
    setBusy(false);
  }

  return (
    <>
      <Button look="primary" wide icon={ScanFace} onClick={() => setOpen(true)} aria-keyshortcuts="V">
        {t("open")} <kbd>V</kbd>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("close")}</Button>
            <Button type="submit" form={formId} look="primary" aria-disabled={busy}>
              {busy ? t("comparing") : t(result === null ? "submit" : "again")}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          ref={form}
          className="verify"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void compare(new FormData(event.currentTarget));
          }}
        >
          <p className="m2">{t("text")}</p>
          <label className="field">
            <span>{t("what")}</span>
            <select className="in" name="finger" defaultValue={faceEnrolled ? "" : fingersEnrolled[0]}>
              {faceEnrolled ? <option value="">{t("face")}</option> : null}
              {fingersEnrolled.map((finger) => (
                <option key={finger} value={finger}>
                  {finger} · {fingers(`${finger}`)}
                </option>
              ))}
            </select>
          </label>
          <Field
            label={t("picture")}
            help={t("pictureHelp")}
            error={trouble === null ? undefined : t(trouble)}
            type="file"
            name="picture"
            accept="image/jpeg,image/png,image/bmp,.jpg,.jpeg,.png,.bmp"
          />
          <div aria-live="polite">
            {result === null ? null : result.ok ? (
              <CheckNote result={result.data} />
            ) : (
              <CheckFailure error={result.error} />
            )}
          </div>
        </form>
      </Dialog>
    </>
  );
}
