"use client";

import { useLocale, useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { TryResult } from "#lib/notifications/types.ts";

/** What a test brought back: status and time, or the failure in plain words with what to do. */
export function TestResult({ result }: { result: TryResult }) {
  const t = useTranslations("notifications");
  const locale = useLocale();
  const time = formatLatency(result.latencyMs, locale);
  if (result.ok)
    return (
      <Note tone="ok">
        <b>{t("result.delivered", { status: result.status, time })}</b>
      </Note>
    );
  return (
    <Note tone="bad">
      <b>{t("result.notDelivered")}</b> {t(`failure.${result.failure}`, { status: result.status ?? 0 })}{" "}
      {t(`remedy.${result.failure}`)}
    </Note>
  );
}
