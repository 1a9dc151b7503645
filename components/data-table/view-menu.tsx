"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { DENSITIES, type View } from "./use-view.ts";

type ViewMenuProps = {
  columns: { id: string; title: string }[];
  view: View;
  onChange(change: Partial<View>): void;
};

/** Chooses the columns and the height of the rows. */
export function ViewMenu({ columns, view, onChange }: ViewMenuProps) {
  const id = useId();
  const t = useTranslations("common.table");
  return (
    <>
      <button type="button" className="btn s quiet" popoverTarget={id}>
        <Icon of={Columns3} size={14} />
        {t("columns")}
      </button>
      <div id={id} popover="auto" className="menu dt-view" role="dialog" aria-label={t("view")}>
        <fieldset>
          <legend>{t("columns")}</legend>
          {columns.map((column) => (
            <label key={column.id}>
              <input
                type="checkbox"
                checked={!view.hidden[column.id]}
                onChange={(event) =>
                  onChange({ hidden: { ...view.hidden, [column.id]: !event.currentTarget.checked } })
                }
              />
              {column.title}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t("density")}</legend>
          {DENSITIES.map((density) => (
            <label key={density}>
              <input
                type="radio"
                name={`${id}-density`}
                checked={view.density === density}
                onChange={() => onChange({ density })}
              />
              {t(density)}
            </label>
          ))}
        </fieldset>
      </div>
    </>
  );
}
