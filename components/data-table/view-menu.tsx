"use client";

import { Columns3 } from "lucide-react";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { DENSITIES, type View } from "./use-view.ts";

export type ViewTexts = {
  view: string;
  columns: string;
  density: string;
  tight: string;
  normal: string;
  loose: string;
};

type ViewMenuProps = {
  columns: { id: string; title: string }[];
  view: View;
  onChange(change: Partial<View>): void;
  texts: ViewTexts;
};

/** Chooses the columns and the height of the rows. */
export function ViewMenu({ columns, view, onChange, texts }: ViewMenuProps) {
  const id = useId();
  return (
    <>
      <button type="button" className="btn s quiet" popoverTarget={id}>
        <Icon of={Columns3} size={14} />
        {texts.columns}
      </button>
      <div id={id} popover="auto" className="menu dt-view" role="dialog" aria-label={texts.view}>
        <fieldset>
          <legend>{texts.columns}</legend>
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
          <legend>{texts.density}</legend>
          {DENSITIES.map((density) => (
            <label key={density}>
              <input
                type="radio"
                name={`${id}-density`}
                checked={view.density === density}
                onChange={() => onChange({ density })}
              />
              {texts[density]}
            </label>
          ))}
        </fieldset>
      </div>
    </>
  );
}
