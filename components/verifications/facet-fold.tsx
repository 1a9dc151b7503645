"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** Keeps the facets folded on a phone until they are asked for; on a wider screen they are always open. */
export function FacetFold({ title, children }: { title: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="btn s facet-fold"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon of={SlidersHorizontal} size={14} />
        {title}
      </button>
      <div id={id} className="facet-list">
        {children}
      </div>
    </>
  );
}
