"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { StepUp } from "#lib/auth/types.ts";
import { ProofField } from "./proof-field.tsx";
import { SetUpDialog } from "./set-up-dialog.tsx";
import { SignOnProof } from "./sign-on-proof.tsx";
import type { Prove, SetUpActs } from "./types.ts";
import { useProof } from "./use-proof.ts";

type ProofDialogProps = {
  stepUp: StepUp;
  open: boolean;
  acts: SetUpActs;
  signOnName: string;
  /** `true` once the proof counts. */
  onEnd(proved: boolean): void;
};

/** Asks for what the member can prove themselves with; who has nothing yet sets up a code app here and goes on. */
export function ProofDialog({ stepUp, open, acts, signOnName, onEnd }: ProofDialogProps) {
  if (stepUp === "set_up") return <SetUpDialog open={open} acts={acts} onEnd={onEnd} goesOn />;
  if (stepUp === "single_sign_on") return <SignOnProof open={open} name={signOnName} onEnd={onEnd} />;
  const asks = stepUp === "password" ? "password" : "code";
  return <TypedProof asks={asks} open={open} prove={acts.prove} onEnd={onEnd} />;
}

type TypedProofProps = Pick<ProofDialogProps, "open" | "onEnd"> & { asks: "code" | "password"; prove: Prove };

function TypedProof({ asks, open, prove, onEnd }: TypedProofProps) {
  const t = useTranslations("proof.stepUp");
  const formId = useId();
  const { failure, busy, secondsLeft, waits, submit } = useProof(prove, () => onEnd(true));
  return (
    <Dialog
      open={open}
      onClose={() => onEnd(false)}
      title={t("title")}
      footer={
        <>
          <Button onClick={() => onEnd(false)}>{t("cancel")}</Button>
          <Button type="submit" form={formId} look="primary" aria-disabled={busy || waits}>
            {t(busy ? "checking" : "confirm")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="form proof-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit(String(new FormData(event.currentTarget).get("typed") ?? ""));
        }}
      >
        <p className="m2">{t("text")}</p>
        <ProofField asks={asks} failure={failure} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}
