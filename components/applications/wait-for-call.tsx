"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { askRoute } from "#components/layout/ask-route.ts";

const LOOK_EVERY_MS = 4000;

/** Loads the page anew when a key that waits for its first call was used; asks only while somebody looks. */
export function WaitForCall({ applicationId, used }: { applicationId: string; used: number }) {
  const router = useRouter();
  useEffect(() => {
    const stop = new AbortController();
    async function look() {
      if (document.hidden) return;
      const path = `/api/applications/${applicationId}/used-keys`;
      const answer = await askRoute<{ used: number }>(path, stop.signal, () => clearInterval(timer));
      if (answer !== null && answer.used !== used) router.refresh();
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [router, applicationId, used]);
  return null;
}
