"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { askRoute } from "#components/layout/ask-route.ts";

const LOOK_EVERY_MS = 3000;

/**
 * Makes the page anew when the request has moved on, in place. Looking is no use of the session; under an open dialog the
 * page stays as it is, so that nothing typed is lost.
 */
export function FollowAlong({ path, stamp }: { path: string; stamp: string }) {
  const router = useRouter();
  useEffect(() => {
    const stop = new AbortController();
    const end = () => clearInterval(timer);
    async function look() {
      if (document.hidden || document.querySelector("dialog[open]") !== null) return;
      const answer = await askRoute<{ stamp: string }>(path, stop.signal, end);
      if (answer !== null && answer.stamp !== stamp && !stop.signal.aborted) router.refresh();
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      end();
      stop.abort();
    };
  }, [path, stamp, router]);
  return null;
}
