"use client";

import { ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import { Icon } from "#components/ui/icon.tsx";

const LOOK_EVERY_MS = 10_000;
/** The route counts up to one more. */
const MOST = 99;

type NewerEntriesProps = {
  /** Asks how many came after the newest in view. */
  path: string;
  /** The list from its beginning. */
  href: string;
};

/** Offers entries that came since the list was opened; nothing moves until they are asked for. */
export function NewerEntries({ path, href }: NewerEntriesProps) {
  const t = useTranslations("audit.newer");
  const [count, setCount] = useState(0);
  useEffect(() => {
    setCount(0);
    const stop = new AbortController();
    async function look() {
      if (document.hidden) return;
      const answer = await askRoute<{ count: number }>(path, stop.signal, () => clearInterval(timer));
      if (answer !== null) setCount(answer.count);
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [path]);
  return (
    <span role="status">
      {count === 0 ? null : (
        <Link className="btn s" href={href} prefetch={false} scroll={false}>
          <Icon of={ArrowUp} size={14} />
          {count > MOST ? t("many", { count: MOST }) : t("some", { count })}
        </Link>
      )}
    </span>
  );
}
