import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";

type ChoiceFieldProps = {
  name: string;
  label: string;
  choices: readonly { value: string; text: string; help?: string }[];
  defaultValue?: string | undefined;
  error?: string | undefined;
};

/** One of a few, all of them in sight; what is wrong stands below and is announced with the group. */
export function ChoiceField({ name, label, choices, defaultValue, error }: ChoiceFieldProps) {
  const id = useId();
  return (
    <fieldset className={error === undefined ? "choices" : "choices err"} aria-describedby={id}>
      <legend>{label}</legend>
      {choices.map(({ value, text, help }) => (
        <label key={value}>
          <input type="radio" name={name} value={value} defaultChecked={value === defaultValue} />
          <span>
            {text} {help === undefined ? null : <span className="m small">{help}</span>}
          </span>
        </label>
      ))}
      <small id={id}>
        {error === undefined ? null : (
          <>
            <Icon of={CircleAlert} size={14} /> {error}
          </>
        )}
      </small>
    </fieldset>
  );
}
