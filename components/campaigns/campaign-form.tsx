"use client";

import "./campaigns.css";
import "#components/forms/forms.css";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Page } from "#components/layout/page.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { CampaignInput } from "#lib/campaigns/schema.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import { AmountFields } from "./amount-fields.tsx";
import { type CampaignDraft, inputOf, startDraft } from "./campaign-draft.ts";
import { CampaignMeaning } from "./campaign-meaning.tsx";
import { ConditionFields } from "./condition-fields.tsx";
import { DeviceRows } from "./device-rows.tsx";

type CampaignFormProps = {
  crumb: ReactNode;
  api: { origin: string };
  act(input: CampaignInput): Promise<ActionResult<{ campaignId: string }>>;
};

/** What a campaign tries, with what that asks of testers shown beside it while it is written. */
export function CampaignForm({ crumb, api, act }: CampaignFormProps) {
  const t = useTranslations("campaigns.form");
  const [draft, setDraft] = useState(() => startDraft((name) => t(`devices.${name}`)));
  const { open, busy, error } = useOpenCampaign(act, draft);
  const fields = error?.fields ?? {};
  const change = (part: Partial<CampaignDraft>) => setDraft({ ...draft, ...part });
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
        <ConditionFields draft={draft} fields={fields} change={change} />
        <AmountFields draft={draft} fields={fields} change={change} />
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
