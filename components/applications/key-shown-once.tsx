"use client";

import { Check, Copy, EyeOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Act } from "#components/forms/types.ts";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { type ShownKey, useNewKey } from "./new-key.tsx";

const FIELDS = "input, select, textarea, dialog[open] *, [popover]:popover-open *";

type KeyShownOnceProps = { applicationId: string; confirmStored: Act };

/** The new key of an application in full, as long as this page may show it. */
export function KeyShownOnce({ applicationId, confirmStored }: KeyShownOnceProps) {
  const { shown } = useNewKey();
  if (shown?.applicationId !== applicationId) return null;
  return <Once shown={shown} confirmStored={confirmStored} />;
}

/** Copy comes first and C does it; once it is stored it is gone. */
function Once(props: { shown: ShownKey; confirmStored: Act }) {
  const { shown } = props;
  const confirmStored = useProven(props.confirmStored);
  const t = useTranslations("applications.once");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const { hide } = useNewKey();
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLDivElement>(null);
  const copy = useCallback(() => {
    navigator.clipboard.writeText(shown.key).then(
      () => setSaid(t("copied")),
      () => setSaid(t("notCopied")),
    );
  }, [shown.key, t]);
  useCopyKey(copy);

  // After the dialog that made the key has given the focus back.
  useEffect(() => {
    const frame = requestAnimationFrame(() => first.current?.querySelector("button")?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  async function confirm() {
    const form = new FormData();
    form.set("keyId", shown.keyId);
    setBusy(true);
    const result = await confirmStored(form);
    setBusy(false);
    if (result.ok) hide();
    else setSaid(errors(result.error.code));
  }

  return (
    <Section title={t("title")} about={t("about")}>
      <div className="once" ref={first}>
        <code translate="no">{shown.key}</code>
        <Button look="primary" icon={Copy} onClick={copy} aria-keyshortcuts="C">
          {t("copy")} <kbd>C</kbd>
        </Button>
      </div>
      <div className="once-foot small m">
        <span>
          <Icon of={EyeOff} size={14} /> {t("hidden", { at: format.dateTime(shown.hideAt, "clock") })}
        </span>
        <span>{t("server")}</span>
        <Button small icon={Check} onClick={() => busy || void confirm()} aria-disabled={busy}>
          {busy ? t("storing") : t("stored")}
        </Button>
      </div>
      <p className="small m2" role="status">
        {said}
      </p>
    </Section>
  );
}

/** C copies, wherever the focus is but in a field. */
function useCopyKey(copy: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(FIELDS)) return;
      event.preventDefault();
      copy();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [copy]);
}
