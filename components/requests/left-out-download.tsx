"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { BatchActs } from "./batch-types.ts";

type LeftOutDownloadProps = { batchId: string; count: number; download: BatchActs["download"] };

/** Hands over the rows that were left out as a file, to be corrected. They name people: who asks proves who they are. */
export function LeftOutDownload({ batchId, count, download }: LeftOutDownloadProps) {
  const t = useTranslations("batches.leftOut");
  const errors = useTranslations("errors");
  const ask = useProven(download);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  async function fetchFile() {
    if (busy) return;
    setBusy(true);
    const result = await ask({ batchId }).catch(() => null);
    setBusy(false);
    if (!result?.ok) return toast({ tone: "warn", text: errors(result?.error.code ?? "unavailable") });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([result.data.text], { type: "text/csv;charset=utf-8" }));
    link.download = result.data.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  return (
    <button type="button" className="link" onClick={fetchFile} aria-disabled={busy}>
      {t("download", { count })}
    </button>
  );
}
