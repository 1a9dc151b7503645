"use client";

import { Command, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { SearchAction, SettleAction } from "#components/people/use-search.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PaletteBox } from "./palette-box.tsx";
import type { PalettePage } from "./palette-options.ts";

export type CommandPaletteProps = {
  pages: readonly PalettePage[];
  /** Null for a role that may not search people: pages only. */
  people: { search: SearchAction; settle: SettleAction } | null;
  /** Whether the text can be looked for among requests. */
  findsRequests: boolean;
};

/** Finds a person or a page from anywhere, over the page in view: ⌘K or Ctrl K. */
export function CommandPalette({ pages, people, findsRequests }: CommandPaletteProps) {
  const t = useTranslations("shell.palette");
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const label = t(people === null ? "findPage" : findsRequests ? "findRequest" : "find");
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      // Another dialog is a question that waits for its answer.
      if (document.querySelector("dialog[open]") === null) setOpen(true);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <>
      <button
        type="button"
        className="find"
        aria-label={label}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => setOpen(true)}
      >
        <Icon of={Search} />
        <span>{label}</span>
        <kbd>
          <Icon of={Command} size={11} />K
        </kbd>
      </button>
      {/* A press beside the box closes it; the keyboard's way is Esc, which the dialog itself knows. */}
      <dialog
        ref={dialog}
        className="dlg palette"
        aria-label={label}
        onClose={() => setOpen(false)}
        onPointerDown={(event) => event.target === dialog.current && setOpen(false)}
      >
        {open ? (
          <PaletteBox
            pages={pages}
            people={people}
            findsRequests={findsRequests}
            close={() => setOpen(false)}
          />
        ) : null}
      </dialog>
    </>
  );
}
