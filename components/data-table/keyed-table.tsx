"use client";

import "./data-table.css";
import { type ReactNode, useRef } from "react";
import { useRowKeys } from "./use-row-keys.ts";

/** A short table drawn on the server whose rows open: J K or the arrows move between their links, Enter opens. */
export function KeyedTable({ label, children }: { label: string; children: ReactNode }) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys({ table });
  return (
    <div className="dt">
      <table ref={table} className="tbl list stack" aria-label={label}>
        {children}
      </table>
    </div>
  );
}
