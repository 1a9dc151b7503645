"use client";

import { CloudOff, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

type PageFailedProps = {
  reference: string | undefined;
  onRetry(): void;
  /** What failed and what still works, where more can be said than for any page. */
  title?: string;
  text?: string;
};

/** What stands where a page could not be made: what still works, one button, a reference for the log. */
export function PageFailed({ reference, onRetry, title, text }: PageFailedProps) {
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
    <State whole icon={CloudOff} title={title ?? t("title")} act={act}>
      {text ?? t("text")}
    </State>
  );
}
