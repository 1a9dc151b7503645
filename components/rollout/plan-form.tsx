"use client";

import "./rollout.css";
import "#components/forms/forms.css";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Act } from "#components/forms/types.ts";
import { Page } from "#components/layout/page.tsx";
import { WordsField } from "#components/requests/words-field.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ActionError } from "#lib/errors.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import { draftOf, errorsByPlace } from "./plan-draft.ts";
import { PlanLimits } from "./plan-limits.tsx";
import { type Measured, PlanMeaning } from "./plan-meaning.tsx";
import { PlanStages } from "./plan-stages.tsx";
import { PlanTemplates, type Templates } from "./plan-templates.tsx";
import { RolloutTrouble } from "./rollout-trouble.tsx";
import { useSavePlan } from "./use-save-plan.ts";

type PlanFormProps = {
  crumb: ReactNode;
  plan: RolloutPlan;
  /** What a new rollout can be begun from, or the version of the plan that is changed. */
  from: { templates: Templates; version: null } | { templates: null; version: number };
  /** The place of the last stage that was begun; -1 before the first. */
  begunTo: number;
  measured: Measured | null;
  act: Act;
};

/** The plan of a rollout, with what it means shown beside it while it is written. */
export function PlanForm({ crumb, plan, from, begunTo, measured, act }: PlanFormProps) {
  const t = useTranslations("rollout.plan");
  const locale = useLocale();
  const write = (value: number) =>
    value.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 4 });
  const [draft, setDraft] = useState(() => draftOf(plan, write));
  const { save, busy, error } = useSavePlan(act, from.version, draft);
  const fields = error?.fields ?? {};
  const errors = errorsByPlace(fields.plan ?? []);
  const kind = from.templates === null ? "Edit" : "New";
  return (
    <Page railLabel={t("consequences.title")} rail={<PlanMeaning draft={draft} measured={measured} />}>
      <PageHead crumb={crumb} answer={t(`answer${kind}`)} lead={t(`lead${kind}`)} />
      <form
        className="plan-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        }}
      >
        {from.templates === null ? null : (
          <Section title={t("build")}>
            <Field
              name="build"
              label={t("build")}
              help={t("buildHelp")}
              maxLength={60}
              error={fields.build ? t("buildMissing") : undefined}
            />
            <PlanTemplates templates={from.templates} choose={(chosen) => setDraft(draftOf(chosen, write))} />
          </Section>
        )}
        <Section title={t("stages")} about={t("stagesAbout")}>
          <PlanStages
            stages={draft.stages}
            begunTo={begunTo}
            errors={errors}
            change={(stages) => setDraft({ ...draft, stages })}
          />
        </Section>
        <PlanLimits draft={draft} errors={errors} change={setDraft} />
        <section className="sec">
          {from.templates === null ? (
            <WordsField
              name="reason"
              label={t("reason")}
              help={t("reasonHelp")}
              rows={2}
              error={fields.reason ? t("reasonMissing") : undefined}
            />
          ) : null}
          <PlanError error={error} />
          <div className="acts">
            <Button type="submit" look="primary" aria-disabled={busy}>
              {busy ? t("saving") : t(`save${kind}`)}
            </Button>
            <ButtonLink href="/rollout">{t("cancel")}</ButtonLink>
          </div>
        </section>
      </form>
    </Page>
  );
}

/** Why the plan was not taken: something in it, or somebody else's change. */
function PlanError({ error }: { error: ActionError | null }) {
  const t = useTranslations("rollout.plan");
  const errors = useTranslations("errors");
  if (error === null) return <div role="alert" />;
  const { fields } = error;
  return (
    <div role="alert">
      {fields?.rollout ? (
        <RolloutTrouble errors={fields} />
      ) : (
        <Note tone="bad">{fields ? t("wrong") : errors(error.code)}</Note>
      )}
    </div>
  );
}
