"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SecretBox } from "#components/forms/secret-box.tsx";
import type { Act } from "#components/forms/types.ts";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import { type ShownKey, useNewKey } from "./new-key.tsx";

type KeyShownOnceProps = { applicationId: string; confirmStored: Act };

/** The new key of an application in full, as long as this page may show it. */
export function KeyShownOnce({ applicationId, confirmStored }: KeyShownOnceProps) {
  const { shown } = useNewKey();
  if (shown?.applicationId !== applicationId) return null;
  return <Once shown={shown} confirmStored={confirmStored} />;
}

/** Once it is stored it is gone. */
function Once(props: { shown: ShownKey; confirmStored: Act }) {
  const { shown } = props;
  const confirmStored = useProven(props.confirmStored);
  const t = useTranslations("applications.once");
  const errors = useTranslations("errors");
  const { hide } = useNewKey();
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);

  async function confirm() {
    const form = new FormData();
    form.set("keyId", shown.keyId);
    setBusy(true);
    const result = await confirmStored(form);
    setBusy(false);
    if (result.ok) hide();
    else setFailure(errors(result.error.code));
  }

  return (
    <Section title={t("title")} about={t("about")}>
      <SecretBox secret={shown.key} copied={t("copied")} hideAt={shown.hideAt}>
        <span>{t("server")}</span>
        <Button small icon={Check} onClick={() => busy || void confirm()} aria-disabled={busy}>
          {busy ? t("storing") : t("stored")}
        </Button>
      </SecretBox>
      {failure === "" ? null : (
        <Note tone="bad" role="alert">
          {failure}
        </Note>
      )}
    </Section>
  );
}
