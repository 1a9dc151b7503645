"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SetUpDialog } from "#components/proof/set-up-dialog.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import type { AccountActs } from "./types.ts";

type CodeAppProps = Pick<AccountActs, "setUp" | "replace"> & { hasCodeApp: boolean };

/** Sets up the first code app, or another one in place of it: the present one counts until the new one has shown a code. */
export function CodeApp({ setUp, replace, hasCodeApp }: CodeAppProps) {
  const t = useTranslations("account.codeApp");
  const offer = useProven(replace.offer);
  const confirm = useProven(replace.confirm);
  // What it was when the dialog opened: the page learns of the new app while the codes are still shown.
  const [opened, setOpened] = useState<"setUp" | "replace" | null>(null);
  const [isOpen, setOpen] = useState(false);
  const acts = opened === "replace" ? { ...replace, offer, confirm } : setUp;
  function open() {
    setOpened(hasCodeApp ? "replace" : "setUp");
    setOpen(true);
  }
  return (
    <>
      <Button look={hasCodeApp ? "plain" : "primary"} onClick={open}>
        {t(hasCodeApp ? "replace" : "setUp")}
      </Button>
      {opened === null ? null : (
        <SetUpDialog open={isOpen} acts={acts} onEnd={() => setOpen(false)} replaces={opened === "replace"} />
      )}
    </>
  );
}
