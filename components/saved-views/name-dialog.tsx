"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { LONGEST_NAME, MOST_VIEWS } from "#lib/saved-views/types.ts";
import type { ViewActs } from "./types.ts";

type NameDialogProps = {
  kind: "create" | "rename";
  /** The view that is renamed; empty for a new one. */
  viewId: string;
  name: string;
  /** What the list shows, as its address says it; empty where only the name changes. */
  search: string;
  act: ViewActs["save"];
  onDone(id: string): void;
};

/** Asks for the name a view is kept under. */
export function NameDialog({ kind, viewId, name, search, act, onDone }: NameDialogProps) {
  const t = useTranslations("savedViews");
  const troubleOf = (codes: readonly string[] | undefined) => {
    const [code] = codes ?? [];
    if (code === undefined) return undefined;
    const known = (["missing", "long", "taken", "too_many"] as const).find((one) => one === code);
    return t(`trouble.${known ?? "missing"}`, { longest: LONGEST_NAME, most: MOST_VIEWS });
  };
  return (
    <ActDialog
      opener={{ text: t(`${kind}.open`), small: true }}
      title={t(`${kind}.title`)}
      words={{ keep: t("keep"), submit: t(`${kind}.submit`), busy: t("busy") }}
      act={act}
      about={{ viewId, search }}
      onDone={({ id }) => onDone(id)}
    >
      {(errors) => (
        <Field
          label={t("name")}
          help={t("nameHelp")}
          error={troubleOf(errors.name)}
          name="name"
          defaultValue={name}
          maxLength={LONGEST_NAME}
          autoComplete="off"
        />
      )}
    </ActDialog>
  );
}
