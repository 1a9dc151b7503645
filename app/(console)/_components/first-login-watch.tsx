"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import { Status } from "#components/ui/status.tsx";

const LOOK_EVERY_MS = 4000;

/** Counts logins while the page is in view, and loads the figures in its place when the first one is there. */
export function FirstLoginWatch() {
  const t = useTranslations("overview.first.back");
  const router = useRouter();
  const [count, setCount] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    async function look() {
      if (document.hidden) return;
      const end = () => clearInterval(timer);
      const answer = await askRoute<{ count: number }>("/api/logins/count", stop.signal, end);
      if (answer === null) return;
      setCount(answer.count);
      if (answer.count > 0) router.refresh();
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [router]);
  return (
    <span role="status">
      <Status kind={count > 0 ? "ok" : "open"}>{t("count", { count })}</Status>
    </span>
  );
}
