"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { CodeAppScan } from "./code-app-scan.tsx";
import { ProofField } from "./proof-field.tsx";
import { RecoveryCodesOnce } from "./recovery-codes-once.tsx";
import type { SetUpActs } from "./types.ts";
import { useProof } from "./use-proof.ts";
import { useSetUp } from "./use-set-up.ts";

type SetUpDialogProps = {
  open: boolean;
  acts: SetUpActs;
  /** `true` once the app is in force and its recovery codes were seen. */
  onEnd(isSetUp: boolean): void;
  /** It was opened by an act that goes on afterwards. */
  goesOn?: boolean;
  /** The app in force counts until the new one has shown a code. */
  replaces?: boolean;
};

/** Sets up a code app: the password where it was not given lately, the secret, a first code, ten recovery codes. */
export function SetUpDialog({ open, acts, onEnd, goesOn = false, replaces = false }: SetUpDialogProps) {
  const t = useTranslations("proof.setUp");
  const formId = useId();
  const body = useRef<HTMLDivElement>(null);
  const { stage, failure, busy, begin, give } = useSetUp(open, acts);
  const proof = useProof(acts.prove, () => void begin());
  const isDone = stage.at === "codes";
  const locked = busy || proof.busy || proof.waits;
  const fields = stage.at === "proof" || stage.at === "scan";

  // Each step begins where its hands are needed; the dialog itself only does that once.
  useEffect(() => {
    if (!open || stage.at === "loading") return;
    const first = body.current?.querySelector("input") ?? body.current?.querySelector("button");
    first?.focus();
  }, [open, stage.at]);

  return (
    <Dialog
      open={open}
      wide={stage.at === "scan"}
      onClose={() => onEnd(isDone)}
      title={t(isDone ? "codesTitle" : replaces ? "titleReplace" : "title")}
      footer={
        isDone ? (
          <Button look="primary" onClick={() => onEnd(true)}>
            {t(goesOn ? "storedGoOn" : "stored")}
          </Button>
        ) : (
          <>
            <Button onClick={() => onEnd(false)}>{t("cancel")}</Button>
            {fields ? (
              <Button type="submit" form={formId} look="primary" aria-disabled={locked}>
                {t(locked && !proof.waits ? "checking" : stage.at === "proof" ? "next" : "confirm")}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <div ref={body}>
        {stage.at === "codes" ? <RecoveryCodesOnce codes={stage.codes} /> : null}
        {stage.at === "failed" ? (
          <Note tone="bad" role="alert">
            {t(stage.code === "conflict" ? "stale" : stage.code === "signed_out" ? "signedOut" : "failed")}
          </Note>
        ) : null}
        {stage.at === "loading" ? <p className="m2 set-up-wait">{t("loading")}</p> : null}
        {fields ? (
          <form
            id={formId}
            className="form proof-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              const typed = String(new FormData(event.currentTarget).get("typed") ?? "");
              void (stage.at === "proof" ? proof.submit(typed) : give(typed));
            }}
          >
            <p className="m2">{t(goesOn ? "textGoesOn" : replaces ? "textReplace" : "text")}</p>
            {stage.at === "proof" ? (
              <ProofField asks="password" failure={proof.failure} secondsLeft={proof.secondsLeft} />
            ) : (
              <CodeAppScan offer={stage.offer} failure={failure} />
            )}
          </form>
        ) : null}
      </div>
    </Dialog>
  );
}
