"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { RemoveAct } from "./types.ts";

type RemoveAdoptersProps = {
  act: RemoveAct;
  /** Rows of the list, or the CustomID that was typed. */
  who: { places: readonly string[] } | { customId: string };
  /** Of them, who are offered the path by the cohort alone. */
  losing: number;
  onDone(): void;
};

/** Takes people out of the early adopters after saying for whom that changes something. */
export function RemoveAdopters({ act, who, losing, onDone }: RemoveAdoptersProps) {
  const t = useTranslations("earlyAdopters.remove");
  const toast = useToast();
  const count = "places" in who ? who.places.length : 1;
  return (
    <ActDialog
      opener={{ text: t("open", { count }), small: true, look: "danger" }}
      title={t("title", { count })}
      danger
      words={{ keep: t("keep", { count }), submit: t("submit", { count }), busy: t("busy") }}
      act={act}
      about={"customId" in who ? { customId: who.customId } : {}}
      onDone={({ removed }) => {
        toast({ text: t("done", { count: removed }), stays: true });
        onDone();
      }}
    >
      <p>{t("text", { count, losing })}</p>
      <p className="small m2">{t("undo")}</p>
      {"places" in who
        ? who.places.map((place) => <input key={place} type="hidden" name="place" value={place} />)
        : null}
    </ActDialog>
  );
}
