"use client";

import { ChevronDown, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";

type FilterMenuProps = {
  name: string;
  /** What is chosen, in words; null where everything passes. */
  chosen: string | null;
  /** The list without this filter. */
  clearHref: string;
  words: { choose: string; remove: string };
  /** One choice ends the choosing; else the menu stays open for another. */
  single?: boolean;
  children: ReactNode;
};

/** A filter as a chip: it opens its choices, says what is chosen, and is taken away by its cross. */
export function FilterMenu({ name, chosen, clearHref, words, single, children }: FilterMenuProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <span className={chosen === null ? "chip filter" : "chip on filter"}>
      <button type="button" popoverTarget={id} aria-label={words.choose}>
        {chosen === null ? name : <b>{name}</b>} {chosen === null ? null : <span>{chosen}</span>}
        {chosen === null ? <Icon of={ChevronDown} size={12} /> : null}
      </button>
      {chosen === null ? null : (
        <Link href={clearHref} scroll={false} prefetch={false} aria-label={words.remove}>
          <Icon of={X} size={12} />
        </Link>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link inside is what is clicked, by whatever means */}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={name}
        className="menu filter-menu"
        onClick={({ target }) => {
          if (single && target instanceof Element && target.closest("a")) menu.current?.hidePopover();
        }}
        onSubmit={() => menu.current?.hidePopover()}
      >
        {children}
      </div>
    </span>
  );
}
