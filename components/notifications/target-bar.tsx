"use client";

import { Pause, Play, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import { ChangeTargetDialog } from "./change-target-dialog.tsx";
import { FailureNote } from "./failure-note.tsx";
import { RemoveTarget } from "./remove-target.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { TestResult } from "./test-result.tsx";
import type { ShownTarget, TargetActs } from "./types.ts";

/** What can be done with one target; what a test brought stands right below it. */
export function TargetBar({ target, acts }: { target: ShownTarget; acts: TargetActs }) {
  const t = useTranslations("notifications.act");
  const [busy, setBusy] = useState<"test" | "pause" | null>(null);
  const [tested, setTested] = useState<Awaited<ReturnType<TargetActs["test"]>> | null>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const sendTest = useProven(acts.test);
  const changeStanding = useProven(target.pausedAt === null ? acts.pause : acts.resume);
  const input = { targetId: target.id };
  const named = (act: string) => `${act}: ${target.name}`;

  async function run<T>(what: "test" | "pause", act: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
    setBusy(what);
    setError(null);
    setTested(null);
    const result = await act;
    setBusy(null);
    return result;
  }

  async function test() {
    if (busy === null) setTested(await run("test", sendTest(input)));
  }

  async function toggle() {
    if (busy !== null) return;
    const result = await run("pause", changeStanding(input));
    if (!result.ok) setError(result.error);
  }

  const toggleText = t(target.pausedAt === null ? "pause" : "resume");
  return (
    <>
      <div className="acts target-acts">
        <Button small icon={Send} onClick={test} aria-disabled={busy !== null} aria-label={named(t("test"))}>
          {busy === "test" ? t("testing") : t("test")}
        </Button>
        <ChangeTargetDialog target={target} change={acts.change} />
        {target.kind === "webhook" ? <RotateSecret target={target} rotate={acts.rotate} /> : null}
        <Button
          small
          icon={target.pausedAt === null ? Pause : Play}
          onClick={toggle}
          aria-disabled={busy !== null}
          aria-label={named(toggleText)}
        >
          {toggleText}
        </Button>
        <RemoveTarget target={target} remove={acts.remove} />
      </div>
      <div role="status">
        {busy === "test" ? <p className="small m">{t("testingText")}</p> : null}
        {tested === null ? null : tested.ok ? (
          <TestResult result={tested.data} />
        ) : (
          <FailureNote error={tested.error} />
        )}
        {error === null ? null : <FailureNote error={error} />}
      </div>
    </>
  );
}
