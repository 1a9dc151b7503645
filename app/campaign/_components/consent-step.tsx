"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { modalitiesOf } from "#lib/campaigns/rules.ts";
import type { TesterView } from "#lib/campaigns/types.ts";
import { StepHead } from "./step-head.tsx";
import styles from "./tester.module.css";

/** Who asks, as far as the installation names them. */
export type Asker = { name: string | null; contact: string | null };

type ConsentStepProps = {
  view: TesterView;
  asker: Asker;
  /** Whether it could be written down. */
  onConsent(): Promise<boolean>;
};

/** What is asked, of whom, what is sent where and kept, before anything is. Nothing is ticked beforehand. */
export function ConsentStep({ view, asker, onConsent }: ConsentStepProps) {
  const t = useTranslations("tester.consent");
  const format = useFormatter();
  const [hasRefused, setRefused] = useState(false);
  const { campaign } = view;
  const end = format.dateTime(campaign.endsAt, "minute");
  const used = modalitiesOf(campaign.positions).join("_");
  const by = asker.name ?? t("somebody");
  if (hasRefused)
    return (
      <>
        <StepHead title={t("refused.title")} text={t("refused.text", { end })} />
        <Button wide onClick={() => setRefused(false)}>
          {t("refused.back")}
        </Button>
      </>
    );
  return (
    <>
      <StepHead title={t("title")} text={t("text")} />
      <ul className={styles.terms}>
        <li>{t("who", { by, name: campaign.name, number: view.number })}</li>
        <li>{t("sent", { host: campaign.host, used })}</li>
        {campaign.swapped ? <li>{t("swapped")}</li> : null}
        <li>{t("kept")}</li>
        <li>{t("deleted", { end })}</li>
        <li>{t("free")}</li>
        {asker.contact === null ? null : <li>{t("contact", { contact: asker.contact })}</li>}
      </ul>
      <ConsentForm agree={t("agree", { used })} onConsent={onConsent} onRefuse={() => setRefused(true)} />
    </>
  );
}

type ConsentFormProps = { agree: string; onConsent(): Promise<boolean>; onRefuse(): void };

function ConsentForm({ agree, onConsent, onRefuse }: ConsentFormProps) {
  const t = useTranslations("tester.consent");
  const [isGiven, setGiven] = useState(false);
  const [wrong, setWrong] = useState<"needed" | "unavailable" | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit() {
    setWrong(isGiven ? null : "needed");
    if (!isGiven || busy) return;
    setBusy(true);
    const isDone = await onConsent();
    setBusy(false);
    if (!isDone) setWrong("unavailable");
  }
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className={styles.check}>
        <input type="checkbox" checked={isGiven} onChange={(event) => setGiven(event.target.checked)} />
        <span>{agree}</span>
      </label>
      <div role="alert">{wrong === null ? null : <Note tone="warn">{t(wrong)}</Note>}</div>
      <div className={styles.ways}>
        <Button type="submit" look="primary" wide aria-busy={busy}>
          {t("go")}
        </Button>
        <Button look="quiet" wide onClick={onRefuse}>
          {t("refuse")}
        </Button>
      </div>
    </form>
  );
}
