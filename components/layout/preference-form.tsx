"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type PreferenceFormProps = { children: ReactNode };

/** A form whose buttons set a preference of this browser and come back to the page in view. */
export function PreferenceForm({ children }: PreferenceFormProps) {
  const path = usePathname();
  return (
    <form
      action="/api/preferences"
      method="post"
      className="choices"
      onSubmit={(event) => {
        const back = event.currentTarget.elements.namedItem("back");
        if (back instanceof HTMLInputElement) back.value = window.location.pathname + window.location.search;
      }}
    >
      <input type="hidden" name="back" defaultValue={path} />
      {children}
    </form>
  );
}
