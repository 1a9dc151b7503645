import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";

type WordsFieldProps = {
  name: string;
  label: string;
  help?: string;
  error?: string | undefined;
  rows?: number;
  longest?: number;
};

/** Some lines of a member's own words: help below, what is wrong in its place. */
export function WordsField({ name, label, help, error, rows = 3, longest = 2000 }: WordsFieldProps) {
  const id = useId();
  return (
    <div className={error === undefined ? "field" : "field err"}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="in"
        name={name}
        rows={rows}
        maxLength={longest}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
      />
      <small id={`${id}-note`}>
        {error === undefined ? (
          help
        ) : (
          <>
            <Icon of={CircleAlert} size={14} /> {error}
          </>
        )}
      </small>
    </div>
  );
}
