import { type Choice, ChoicesFrame } from "./choices-frame.tsx";

type ChoiceFieldProps = {
  name: string;
  label: string;
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  error?: string | undefined;
};

/** One of a few. */
export function ChoiceField({ name, defaultValue, ...frame }: ChoiceFieldProps) {
  return (
    <ChoicesFrame
      {...frame}
      input={(value) => ({ type: "radio", name, value, defaultChecked: value === defaultValue })}
    />
  );
}
