"use client";

import { Check, Copy as CopyIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

const CONFIRMED_MS = 2000;

/** A small button that copies a text and says so. */
export function Copy({ text, what }: { text: string; what: string }) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRMED_MS);
  }
  return (
    <Button look="quiet" small onClick={copy} aria-label={copied ? t("copied") : t("copy", { what })}>
      <Icon of={copied ? Check : CopyIcon} size={14} />
    </Button>
  );
}
