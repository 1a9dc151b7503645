"use client";

import { Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useKey } from "#components/ui/use-key.ts";
import { useLiveTail } from "./live-tail.tsx";
import { isOn } from "./tail-state.ts";

/** Turns the list live, and back. */
export function LiveButton() {
  const t = useTranslations("liveTail");
  const { state, toggle } = useLiveTail();
  useKey("l", toggle);
  return (
    <Button icon={Radio} onClick={toggle} aria-pressed={isOn(state)} aria-keyshortcuts="L" title={t("about")}>
      {t("live")} <kbd>L</kbd>
    </Button>
  );
}
