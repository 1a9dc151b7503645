"use client";

import "#components/forms/forms.css";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Page } from "#components/layout/page.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { Regime } from "#lib/deadlines/types.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import type { OpenedRight } from "#lib/inbox/types.ts";
import type { ASKED_RIGHTS, Channel } from "#lib/requests/types.ts";
import { IntakeDues } from "./intake-dues.tsx";
import { IntakeFields } from "./intake-fields.tsx";
import { IntakeResult } from "./intake-result.tsx";
import { KnownNote } from "./known-note.tsx";
import type { FindRequests } from "./request-finder.tsx";
import { useKnown } from "./use-known.ts";

export type IntakeInput = {
  customId: string;
  rights: (typeof ASKED_RIGHTS)[number][];
  regimes: Regime[];
  channel: Channel;
  receivedOn: string;
};

type NewRequestProps = {
  customId: string;
  /** In the installation's zone, `2026-03-06`. */
  today: string;
  timeZone: string;
  crumb: ReactNode;
  open(input: IntakeInput): Promise<ActionResult<OpenedRight[]>>;
  find: FindRequests;
};

/** Takes a request in: for whom, which rights, by which laws, and since when; shows until when each is to be answered. */
export function NewRequest({ customId, today, timeZone, crumb, open, find }: NewRequestProps) {
  const t = useTranslations("requests.new");
  const errors = useTranslations("errors");
  const [input, setInput] = useState<IntakeInput>({
    customId,
    rights: ["erasure"],
    regimes: ["lgpd"],
    channel: "email",
    receivedOn: today,
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [opened, setOpened] = useState<OpenedRight[] | null>(null);
  const { known, look } = useKnown(find, input.customId);

  async function submit() {
    if (busy) return;
    setBusy(true);
    const result = await open(input);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setOpened(result.data);
  }

  if (opened !== null) return <IntakeResult opened={opened} crumb={crumb} />;
  const count = input.rights.length;
  return (
    <Page railLabel={t("due.title")} rail={<IntakeDues input={input} today={today} timeZone={timeZone} />}>
      <PageHead crumb={crumb} answer={t("title")} lead={t("lead")} />
      <form
        className="intake"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <IntakeFields
          input={input}
          today={today}
          fields={error?.fields ?? {}}
          onChange={(change) => setInput((before) => ({ ...before, ...change }))}
          onLeave={look}
          known={<KnownNote known={known} />}
        />
        {error === null ? null : (
          <Note tone="bad" role="alert">
            {errors(error.code)}
          </Note>
        )}
        <div className="acts">
          <Button type="submit" look="primary" aria-disabled={busy}>
            {busy ? t("busy") : t("submit", { count })}
          </Button>
          <ButtonLink href="/requests">{t("keep")}</ButtonLink>
        </div>
      </form>
    </Page>
  );
}
