"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Progress } from "#components/testers/walk.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import styles from "./tester.module.css";
import type { StepAnswer } from "./use-tester.ts";

type WalkFootProps = { progress?: Progress | undefined; onLeave(): Promise<StepAnswer<never>> };

/** How far the tester is, and the way out at any moment. */
export function WalkFoot({ progress, onLeave }: WalkFootProps) {
  const t = useTranslations("tester.walk");
  return (
    <div className={styles.foot}>
      <span className="small m2">{progress === undefined ? null : t("progress", progress)}</span>
      <Leave onLeave={onLeave} />
    </div>
  );
}

function Leave({ onLeave }: Pick<WalkFootProps, "onLeave">) {
  const t = useTranslations("tester.leave");
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  async function leave() {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    // What came of it is another step of the page; only no answer at all leaves this dialog open.
    const answer = await onLeave();
    setBusy(false);
    setFailed(answer !== null);
  }
  return (
    <>
      <Button look="quiet" small onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t("title")}
        danger
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("stay")}</Button>
            <Button look="kill" aria-disabled={busy} onClick={() => void leave()}>
              {t(busy ? "busy" : "go")}
            </Button>
          </>
        }
      >
        <p>{t("text")}</p>
        <div role="alert">{hasFailed ? <Note tone="bad">{t("unavailable")}</Note> : null}</div>
      </Dialog>
    </>
  );
}
