import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlanForm } from "#components/rollout/plan-form.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PLAN_TEMPLATES } from "#lib/rollout/schema.ts";
import { loadRolloutPlan } from "#lib/rollout-page/loaders.ts";
import { PlanRead } from "../_components/plan-read.tsx";
import { RolloutCrumb } from "../_components/rollout-crumb.tsx";
import { changePlanAction, createRolloutAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rollout.plan"))("pageTitle") };
}

export default async function RolloutPlanPage() {
  const { rollout, may, traffic } = await loadRolloutPlan();
  const t = await getTranslations("rollout.plan");
  const crumb = <RolloutCrumb here={t("pageTitle")} />;
  const mayWrite = rollout === null ? may.change : may.changeRunningPlan;
  if (!mayWrite) return <PlanRead rollout={rollout} crumb={crumb} />;
  const measured =
    traffic === null
      ? null
      : { perDay: traffic.eligible, basePercent: Math.round(traffic.notCompleted * 1000) / 10 };
  return (
    <ClientMessages rooms={["rollout", "errors"]}>
      <PlanForm
        crumb={crumb}
        plan={rollout?.plan ?? PLAN_TEMPLATES.proven}
        from={
          rollout === null
            ? { templates: PLAN_TEMPLATES, version: null }
            : { templates: null, version: rollout.planVersion }
        }
        begunTo={rollout?.stage?.place ?? -1}
        measured={measured}
        act={rollout === null ? createRolloutAction : changePlanAction}
      />
    </ClientMessages>
  );
}
