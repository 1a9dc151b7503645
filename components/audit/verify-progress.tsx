"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import { PageHead } from "#components/ui/page-head.tsx";
import type { LogVerification } from "#lib/audit/types.ts";

const LOOK_EVERY_MS = 1000;

type Progress = Pick<LogVerification, "id" | "checked" | "treeSize">;

/** How far the verification is; the page turns into its result once it is finished. */
export function VerifyProgress({ open, acts }: { open: Progress; acts: ReactNode }) {
  const t = useTranslations("audit");
  const router = useRouter();
  const [checked, setChecked] = useState(open.checked);
  useEffect(() => {
    const stop = new AbortController();
    const end = () => clearInterval(timer);
    async function look() {
      if (document.hidden) return;
      const answer = await askRoute<Progress & { isFinished: boolean }>(
        `/api/audit/verifications/${open.id}`,
        stop.signal,
        end,
      );
      if (answer === null) return;
      setChecked(answer.checked);
      if (answer.isFinished) {
        end();
        router.refresh();
      }
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      end();
      stop.abort();
    };
  }, [open.id, router]);
  return (
    <PageHead
      answer={t("answer.verifying")}
      lead={
        <>
          <span role="status">{t("lead.verifying", { checked, count: open.treeSize })}</span>
          <progress
            className="verify-bar"
            max={Math.max(1, open.treeSize)}
            value={checked}
            aria-label={t("answer.verifying")}
          />
        </>
      }
      acts={acts}
    />
  );
}
