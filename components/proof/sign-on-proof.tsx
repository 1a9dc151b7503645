"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PROOF_CHANNEL } from "./types.ts";

type SignOnProofProps = {
  open: boolean;
  /** What members call the single sign-on. */
  name: string;
  onEnd(proved: boolean): void;
};

const WINDOW = "popup,width=520,height=720";

/** Asks for a fresh sign-on in a window of its own: what is typed in this one stays. */
export function SignOnProof({ open, name, onEnd }: SignOnProofProps) {
  const t = useTranslations("proof.signOn");
  const stepUp = useTranslations("proof.stepUp");
  const [isWaiting, setWaiting] = useState(false);
  const proved = useEffectEvent(() => onEnd(true));
  useEffect(() => {
    if (!open) return;
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.onmessage = () => proved();
    return () => channel.close();
  }, [open]);

  function openWindow() {
    setWaiting(true);
    window.open("/proof", PROOF_CHANNEL, WINDOW);
  }

  return (
    <Dialog
      open={open}
      onClose={() => onEnd(false)}
      title={stepUp("title")}
      footer={
        <>
          <Button onClick={() => onEnd(false)}>{stepUp("cancel")}</Button>
          {/* Where a browser does not let the other window tell: the act itself finds out. */}
          {isWaiting ? <Button onClick={() => onEnd(true)}>{t("goOn")}</Button> : null}
          <Button look="primary" onClick={openWindow}>
            {t(isWaiting ? "again" : "open")}
          </Button>
        </>
      }
    >
      <p className="m2">{t("text", { name })}</p>
      <p className="small m2" role="status">
        {isWaiting ? t("waiting") : ""}
      </p>
    </Dialog>
  );
}
