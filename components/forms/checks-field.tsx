import { type Choice, ChoicesFrame } from "./choices-frame.tsx";

type ChecksFieldProps<Value extends string> = {
  label: string;
  choices: readonly Choice<Value>[];
  chosen: readonly Value[];
  error: string | undefined;
  onChange(chosen: Value[]): void;
};

/** Several of a few. */
export function ChecksField<Value extends string>({ chosen, onChange, ...frame }: ChecksFieldProps<Value>) {
  const turn = (value: Value) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <ChoicesFrame
      {...frame}
      input={(value) => ({
        type: "checkbox",
        checked: chosen.includes(value),
        onChange: () => turn(value),
      })}
    />
  );
}
