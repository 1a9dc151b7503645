"use client";

import "./campaigns.css";
import "#components/forms/forms.css";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ChoicesFrame } from "#components/forms/choices-frame.tsx";
import { Page } from "#components/layout/page.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { modalityOf } from "#lib/campaigns/rules.ts";
import { type CampaignInput, LIGHTINGS, POSITIONS, type Position } from "#lib/campaigns/schema.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import { type CampaignDraft, inputOf, NUMBERS, startDraft } from "./campaign-draft.ts";
import { CampaignMeaning } from "./campaign-meaning.tsx";
import { DeviceRows } from "./device-rows.tsx";

type CampaignFormProps = {
  crumb: ReactNode;
  api: { origin: string };
  act(input: CampaignInput): Promise<ActionResult<{ campaignId: string }>>;
};

const FACE = POSITIONS.filter((position) => modalityOf(position) === "face");
const FINGERS = POSITIONS.filter((position) => modalityOf(position) === "fingers");

/** What a campaign tries, with what that asks of testers shown beside it while it is written. */
export function CampaignForm({ crumb, api, act }: CampaignFormProps) {
  const t = useTranslations("campaigns.form");
  const terms = useTranslations("campaigns");
  const [draft, setDraft] = useState(() => startDraft((name) => t(`devices.${name}`)));
  const { open, busy, error } = useOpenCampaign(act, draft);
  const fields = error?.fields ?? {};
  const change = (part: Partial<CampaignDraft>) => setDraft({ ...draft, ...part });
  const positions = (of: readonly Position[], label: string) => (
    <ChoicesFrame
      label={label}
      choices={of.map((value) => ({ value, text: terms(`position.${value}`) }))}
      error={fields.positions && of === FACE ? t("errors.positions") : undefined}
      input={boxOf(draft.positions, (chosen) => change({ positions: chosen }))}
    />
  );
  return (
    <Page railLabel={t("meaning.title")} rail={<CampaignMeaning draft={draft} api={api} />}>
      <PageHead crumb={crumb} answer={t("answer")} lead={t("lead")} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Section title={t("what")}>
          <div style={{ maxWidth: 560 }}>
            <Field
              label={t("name")}
              help={t("nameHelp")}
              maxLength={60}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
              error={fields.name ? t("errors.name") : undefined}
              autoComplete="off"
            />
          </div>
        </Section>
        <Section title={t("devices.title")} about={t("devices.about")}>
          <DeviceRows
            devices={draft.devices}
            errors={fields.devices}
            change={(devices) => change({ devices })}
          />
        </Section>
        <Section title={t("conditions")} about={t("conditionsAbout")}>
          <div className="campaign-groups">
            <ChoicesFrame
              label={t("lightings")}
              choices={LIGHTINGS.map((value) => ({ value, text: terms(`lighting.${value}`) }))}
              error={fields.lightings ? t("errors.lightings") : undefined}
              input={boxOf(draft.lightings, (lightings) => change({ lightings }))}
            />
            {positions(FACE, t("positionsOfFace"))}
            {positions(FINGERS, t("positionsOfFingers"))}
          </div>
        </Section>
        <Section title={t("measure")} about={t("measureAbout")}>
          <div className="campaign-numbers">
            {NUMBERS.map((name) => (
              <Field
                key={name}
                label={t(`numbers.${name}`)}
                help={t(`numbersHelp.${name}`)}
                inputMode="numeric"
                maxLength={4}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
                error={fields[name] ? t(`errors.${name}`) : undefined}
                autoComplete="off"
              />
            ))}
          </div>
          <label className="check">
            <input
              type="checkbox"
              checked={draft.swapped}
              onChange={(event) => change({ swapped: event.target.checked })}
            />
            <span>
              {t("swapped")} <span className="m small">{t("swappedHelp")}</span>
            </span>
          </label>
        </Section>
        <section className="sec">
          <OpenError error={error} />
          <div className="acts">
            <Button type="submit" look="primary" aria-disabled={busy}>
              {busy ? t("opening") : t("open")}
            </Button>
            <ButtonLink href="/integration">{t("cancel")}</ButtonLink>
          </div>
        </section>
      </form>
    </Page>
  );
}

/** A checkbox that puts its value among the chosen ones or takes it out. */
const boxOf =
  <Value extends string>(chosen: readonly Value[], choose: (chosen: Value[]) => void) =>
  (value: Value) => ({
    type: "checkbox",
    checked: chosen.includes(value),
    onChange: () =>
      choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]),
  });

/** Sends the campaign as it is written; what is wrong with it comes back by its field, and nothing typed is lost. */
function useOpenCampaign(unproven: CampaignFormProps["act"], draft: CampaignDraft) {
  const act = useProven(unproven);
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  async function open() {
    if (busy) return;
    setBusy(true);
    const result = await act(inputOf(draft));
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok) router.push(`/integration/campaigns/${result.data.campaignId}`);
  }
  return { open, busy, error };
}

/** Why it was not opened, where that has to do with no field. */
function OpenError({ error }: { error: ActionError | null }) {
  const t = useTranslations("campaigns.form.errors");
  const errors = useTranslations("errors");
  return (
    <div role="alert" className="campaign-trouble">
      {error === null ? null : (
        <Note tone="bad">
          {error.fields?.api ? t("production") : error.fields ? t("marked") : errors(error.code)}
        </Note>
      )}
    </div>
  );
}
