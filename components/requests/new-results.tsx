"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useBatchFigures } from "./batch-live.tsx";

/** Results that came since the list of them was drawn wait behind a word: nothing moves under the reader's hand. */
export function NewResults() {
  const t = useTranslations("batches.results");
  const router = useRouter();
  const { progress } = useBatchFigures();
  const [seen, setSeen] = useState(progress.done);
  const fresh = progress.done - seen;
  if (fresh <= 0) return null;
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        setSeen(progress.done);
        router.refresh();
      }}
    >
      {t("fresh", { count: fresh })}
    </button>
  );
}
