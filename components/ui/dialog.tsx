"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { classNames } from "./class-names.ts";

type DialogProps = {
  open: boolean;
  onClose(): void;
  title: ReactNode;
  danger?: boolean;
  /** Room for two columns. */
  wide?: boolean;
  children: ReactNode;
  /** The safe button first, then the verb. */
  footer: ReactNode;
};

/** A modal on the native dialog: focus is kept inside and given back, Esc is the safe way out. */
export function Dialog({ open, onClose, title, danger, wide, children, footer }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={classNames("dlg", danger && "danger", wide && "wide")}
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <div>
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
      <footer>{footer}</footer>
    </dialog>
  );
}
