"use client";

import { CloudOff, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

/** What stands where a page could not be made: what still works, one button, a reference for the log. */
export function PageFailed({ reference, onRetry }: { reference: string | undefined; onRetry(): void }) {
  const t = useTranslations("states.error");
  const common = useTranslations("common");
  const act = (
    <>
      <Button icon={RotateCcw} onClick={onRetry}>
        {common("tryAgain")}
      </Button>{" "}
      {reference === undefined ? null : (
        <span className="m small">{common("reference", { id: reference })}</span>
      )}
    </>
  );
  return (
    <State whole icon={CloudOff} title={t("title")} act={act}>
      {t("text")}
    </State>
  );
}
