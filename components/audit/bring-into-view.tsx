"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useKey } from "#components/ui/use-key.ts";

/** Up to here the rail stands under the list instead of beside it. */
const UNDER_THE_LIST = "(max-width: 1100px)";

/** The sentence of an entry that was opened: where the rail lies below the list, the reader is led to it. Esc closes it. */
export function BringIntoView({
  what,
  closeHref,
  children,
}: {
  what: string;
  closeHref: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const sentence = useRef<HTMLParagraphElement>(null);
  useKey("Escape", () => router.push(closeHref, { scroll: false }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is another place to be led to
  useEffect(() => {
    if (window.matchMedia(UNDER_THE_LIST).matches) sentence.current?.focus();
  }, [what]);
  return (
    <p ref={sentence} tabIndex={-1} className="entry-sentence">
      {children}
    </p>
  );
}
