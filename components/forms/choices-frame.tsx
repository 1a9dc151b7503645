import { CircleAlert } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { Icon } from "#components/ui/icon.tsx";

export type Choice<Value extends string = string> = { value: Value; text: string; help?: string };

type ChoicesFrameProps<Value extends string> = {
  label: string;
  choices: readonly Choice<Value>[];
  error?: string | undefined;
  /** The radio button or checkbox of one choice. */
  input(value: Value): ComponentProps<"input">;
};

/** A few choices, all of them in sight; what is wrong stands below and is announced with the group. */
export function ChoicesFrame<Value extends string>({
  label,
  choices,
  error,
  input,
}: ChoicesFrameProps<Value>) {
  const id = useId();
  return (
    <fieldset className={error === undefined ? "choices" : "choices err"} aria-describedby={id}>
      <legend>{label}</legend>
      {choices.map(({ value, text, help }) => (
        <label key={value}>
          <input {...input(value)} />
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
