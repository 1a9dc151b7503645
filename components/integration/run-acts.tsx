"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";

type RunActsProps = {
  runId: string | null;
  /** The newest run waits or is being made. */
  isOpen: boolean;
  /** Some run is. */
  isBusy: boolean;
  origin: string;
  plan: { checks: number; calls: number; testPeople: number };
  acts: { open: Act<null>; halt: Act<null> };
};

/** Asks for a run, after it said what that spends, or stops the one that is open. */
export function RunActs({ runId, isOpen, isBusy, origin, plan, acts }: RunActsProps) {
  const t = useTranslations("integrationChecks.rail");
  const writes = plan.testPeople > 0;
  if (isBusy)
    return runId === null || !isOpen ? (
      <p className="small m">{t("busyElsewhere")}</p>
    ) : (
      <ActDialog
        opener={{ text: t("halt.open"), look: "danger" }}
        title={t("halt.question")}
        danger
        words={{ keep: t("halt.keep"), submit: t("halt.do"), busy: t("halt.busy") }}
        act={acts.halt}
        about={{ runId }}
      >
        <p className="m2">{t("halt.what")}</p>
      </ActDialog>
    );
  return (
    <>
      <ActDialog
        opener={{
          text: t(runId === null ? "run.open" : "run.again", { count: plan.checks }),
          look: "primary",
          icon: Play,
        }}
        title={t("run.question", { count: plan.checks })}
        words={{ keep: t("run.keep"), submit: t("run.do", { calls: plan.calls }), busy: t("run.busy") }}
        act={acts.open}
        about={{ calls: plan.calls }}
      >
        <p className="m2">{t("run.calls", { calls: plan.calls, origin })}</p>
        <p className="m2">{writes ? t("run.people", { count: plan.testPeople }) : t("run.noWrites")}</p>
      </ActDialog>
      <p className="small m" style={{ paddingTop: 8 }}>
        {writes ? t("note", { count: plan.testPeople }) : t("run.noWrites")}
      </p>
    </>
  );
}
