"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, "type" | "beside"> & {
  /** What the button beside it says: to let the password be read, and to hide it again. */
  words: { show: string; hide: string };
};

/** A password that can be read while it is typed. */
export function PasswordField({ words, ...field }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...field}
      type={shown ? "text" : "password"}
      beside={
        <Button
          look="quiet"
          small
          icon={shown ? EyeOff : Eye}
          onClick={() => setShown(!shown)}
          aria-pressed={shown}
        >
          {shown ? words.hide : words.show}
        </Button>
      }
    />
  );
}
