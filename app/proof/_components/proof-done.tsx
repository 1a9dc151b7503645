"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { PROOF_CHANNEL } from "#components/proof/types.ts";
import { Button } from "#components/ui/button.tsx";

/** Tells the window that waits, which goes on by itself. */
export function ProofDone() {
  const t = useTranslations("proof.window");
  useEffect(() => {
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.postMessage("proved");
    channel.close();
  }, []);
  return (
    <>
      <p className="m2">{t("doneText")}</p>
      <Button wide onClick={() => window.close()}>
        {t("close")}
      </Button>
    </>
  );
}
