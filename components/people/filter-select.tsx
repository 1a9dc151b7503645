"use client";

import { ChevronDown } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type FilterSelectProps = {
  name: string;
  any: string;
  value: string | null;
  options: readonly { value: string; text: string }[];
  onChange(value: string | null): void;
};

/** A filter of one choice, drawn as a chip; it is marked while it narrows the list. */
export function FilterSelect({ name, any, value, options, onChange }: FilterSelectProps) {
  return (
    <span className={classNames("chip", "chip-select", value !== null && "on")}>
      {value === null ? null : <b>{name}</b>}
      <select
        aria-label={name}
        value={value ?? ""}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      >
        <option value="">{value === null ? name : any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={12} />
    </span>
  );
}
