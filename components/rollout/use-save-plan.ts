import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Act } from "#components/forms/types.ts";
import { useProven } from "#components/proof/step-up.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ActionError } from "#lib/errors.ts";
import { type PlanDraft, planIn } from "./plan-draft.ts";

/** Sends the plan as it is written; what is wrong with it comes back by its place, and nothing typed is lost. */
export function useSavePlan(unproven: Act, version: number | null, draft: PlanDraft) {
  const t = useTranslations("rollout.plan");
  const act = useProven(unproven);
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  async function save(form: FormData) {
    if (busy) return;
    setBusy(true);
    form.set("plan", JSON.stringify(planIn(draft)));
    if (version !== null) form.set("planVersion", String(version));
    const result = await act(form);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    toast({ text: t(version === null ? "made" : "saved") });
    router.push("/rollout");
  }
  return { save, busy, error };
}
