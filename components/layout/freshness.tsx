"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Status } from "#components/ui/status.tsx";

const MINUTE_MS = 60_000;
const OLD_AFTER_MS = 2 * MINUTE_MS;
const LOOK_EVERY_MS = 10_000;
const PATIENCE_MS = 5000;

/**
 * Says of when a page's figures are: quietly while they are new, in amber with a button once they are older than two
 * minutes. Nothing is fetched unasked: a page left open must not keep a session alive.
 */
export function Freshness({ asOf }: { asOf: Date }) {
  const t = useTranslations("common.freshness");
  const format = useFormatter();
  const age = useAge(asOf);
  const { refresh, isRefreshing, failed } = useRefresh(asOf);
  const isOld = age > OLD_AFTER_MS;
  const values = { time: format.dateTime(asOf, "clock"), minutes: Math.floor(age / MINUTE_MS) };
  return (
    <>
      <span role={failed ? "alert" : undefined} className="small">
        {failed || isOld ? (
          <Status kind="due">{t(failed ? "failed" : "old", values)}</Status>
        ) : (
          <span className="m">{t("asOf", values)}</span>
        )}
      </span>
      {failed || isOld ? (
        <Button small icon={RotateCcw} onClick={refresh} aria-busy={isRefreshing}>
          {t(isRefreshing ? "refreshing" : "refresh")}
        </Button>
      ) : null}
    </>
  );
}

/** When figures came to this browser, by its own clock: the server's may differ, and going back shows old ones again. */
const arrivals = new Map<number, number>();

function arrivalOf(asOf: Date): number {
  const arrival = arrivals.get(asOf.getTime()) ?? Date.now();
  arrivals.set(asOf.getTime(), arrival);
  return arrival;
}

/** How long the figures have been here; 0 until the page lives. */
function useAge(asOf: Date): number {
  const [age, setAge] = useState(0);
  useEffect(() => {
    const arrival = arrivalOf(asOf);
    const look = () => setAge(Math.max(0, Date.now() - arrival));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [asOf]);
  return age;
}

/**
 * Makes the page anew, but only after the console said that it can: a page that fails on the way would take the old
 * figures with it.
 */
function useRefresh(asOf: Date) {
  const router = useRouter();
  const [failedFor, setFailedFor] = useState<Date | null>(null);
  const [isRefreshing, startTransition] = useTransition();
  const refresh = () =>
    startTransition(async () => {
      const answer = fetch("/api/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      const works = await answer.then(
        (response) => response.ok,
        () => false,
      );
      setFailedFor(works ? null : asOf);
      if (works) startTransition(() => router.refresh());
    });
  return { refresh, isRefreshing, failed: failedFor === asOf };
}
