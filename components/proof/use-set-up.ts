import { useEffect, useEffectEvent, useState } from "react";
import type { CodeAppOffer } from "#lib/auth/types.ts";
import type { ActionError } from "#lib/errors.ts";
import type { SetUpActs } from "./types.ts";

/** Where the set-up stands: first a proof where one is due, then the secret and its first code, then recovery codes. */
export type SetUpStage =
  | { at: "loading" }
  | { at: "proof" }
  | { at: "scan"; offer: CodeAppOffer }
  | { at: "codes"; codes: readonly string[] }
  | { at: "failed"; code: ActionError["code"] };

/** What is wrong with the first code; `expired` says that another secret is shown now. */
export type FirstCodeFailure = "missing" | "wrong_code" | "expired" | "failed";

/** The way from no code app, or an old one, to one in force. It begins when the dialog opens. */
export function useSetUp(open: boolean, { offer, confirm }: SetUpActs) {
  const [stage, setStage] = useState<SetUpStage>({ at: "loading" });
  const [failure, setFailure] = useState<FirstCodeFailure | null>(null);
  const [busy, setBusy] = useState(false);

  async function begin() {
    const result = await offer(undefined);
    if (!result.ok) setStage({ at: "failed", code: result.error.code });
    else setStage(result.data === null ? { at: "proof" } : { at: "scan", offer: result.data });
  }

  // Once for each opening, however often the page around it is made anew meanwhile.
  const opened = useEffectEvent(() => void begin());
  useEffect(() => {
    if (open) opened();
  }, [open]);

  async function give(code: string) {
    if (busy || stage.at !== "scan") return;
    if (code.trim() === "") return setFailure("missing");
    setBusy(true);
    const result = await confirm({ sealed: stage.offer.sealed, code });
    setBusy(false);
    if (!result.ok) {
      if (result.error.code !== "conflict") return setFailure("failed");
      return setStage({ at: "failed", code: "conflict" });
    }
    if ("recoveryCodes" in result.data) {
      setFailure(null);
      return setStage({ at: "codes", codes: result.data.recoveryCodes });
    }
    if (result.data.refused === "wrong_code") return setFailure("wrong_code");
    setFailure(result.data.refused === "offer_expired" ? "expired" : null);
    await begin();
  }

  return { stage, failure, busy, begin, give };
}
