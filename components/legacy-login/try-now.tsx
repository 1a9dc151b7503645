"use client";

import { Send } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNote } from "#components/notifications/failure-note.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { TryLegacyLogin } from "./types.ts";

type Brought = Awaited<ReturnType<TryLegacyLogin>>;

/** Tries the legacy login now; what it brought stands below the button until the next try. */
export function TryNow(acts: { tryNow: TryLegacyLogin }) {
  const t = useTranslations("legacyLogin.tryNow");
  const tryNow = useProven(acts.tryNow);
  const [busy, setBusy] = useState(false);
  const [brought, setBrought] = useState<Brought | null>(null);

  async function act() {
    if (busy) return;
    setBusy(true);
    setBrought(null);
    setBrought(await tryNow({}));
    setBusy(false);
  }

  return (
    <div style={{ display: "grid", gap: 12, paddingTop: 12 }}>
      <div className="acts">
        <Button icon={Send} onClick={act} aria-disabled={busy}>
          {t(busy ? "busy" : "do")}
        </Button>
      </div>
      <div role="status">{brought === null ? null : <BroughtNote brought={brought} />}</div>
    </div>
  );
}

function BroughtNote({ brought }: { brought: Brought }) {
  const t = useTranslations("legacyLogin");
  const locale = useLocale();
  if (!brought.ok) return <FailureNote error={brought.error} />;
  const { trouble, status, tookMs } = brought.data;
  if (trouble === null)
    return (
      <Note tone="ok">
        <b>{t("worked", { status: status ?? 0 })}</b>{" "}
        {t("tryNow.took", { time: formatLatency(tookMs, locale) })}
      </Note>
    );
  return (
    <Note tone="bad">
      <b>{t(`trouble.${trouble}`, { status: status ?? 0 })}</b> {t(`remedy.${trouble}`)}
    </Note>
  );
}
