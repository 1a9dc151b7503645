"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";

type CellFieldProps = {
  label: string;
  value: string;
  unit?: string;
  placeholder?: string;
  readOnly?: boolean;
  error: { code: string; limit: string } | undefined;
  set(value: string): void;
};

const CODES = ["not_ascending", "nothing_to_compare", "too_small", "too_big"] as const;

/** A number in a cell of a table, its unit beside it and what is wrong with it below. */
export function CellField({ label, value, unit, placeholder, readOnly, error, set }: CellFieldProps) {
  const t = useTranslations("rollout.plan.errors");
  const id = useId();
  return (
    <div className={error === undefined ? "cell-field" : "cell-field err"}>
      <input
        className="in num"
        inputMode="decimal"
        aria-label={label}
        value={value}
        placeholder={placeholder}
        readOnly={readOnly}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : id}
        onChange={(event) => set(event.target.value)}
      />
      {unit === undefined ? null : <span className="m"> {unit}</span>}
      {error === undefined ? null : (
        <small id={id} className="bad">
          <Icon of={CircleAlert} size={14} />{" "}
          {t(CODES.find((code) => code === error.code) ?? "other", { limit: error.limit })}
        </small>
      )}
    </div>
  );
}
