import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

type FieldProps = Omit<ComponentProps<"input">, "id"> & {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  /** Stands at the end of the label line, such as a button that shows a password. */
  beside?: ReactNode;
};

/** A labelled input: help below, an error below with icon and edge, both announced with the field. */
export function Field({ label, help, error, beside, className, ...input }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={classNames("field", error !== undefined && "err")}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={classNames("in", className)}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined && help === undefined ? undefined : noteId}
        {...input}
      />
      {/* After the input: whoever goes on by Tab comes to it first. */}
      {beside === undefined ? null : <span className="beside">{beside}</span>}
      {error === undefined ? null : (
        <small id={noteId}>
          <Icon of={CircleAlert} size={14} /> {error}
        </small>
      )}
      {error === undefined && help !== undefined ? <small id={noteId}>{help}</small> : null}
    </div>
  );
}
