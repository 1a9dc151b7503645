"use client";

import "./data-table.css";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { rowLinks, useRowKeys } from "./use-row-keys.ts";
import { useView } from "./use-view.ts";
import { ViewMenu } from "./view-menu.tsx";

type ViewedTableProps = {
  /** The table's name under which its reader's choices are kept. */
  name: string;
  label: string;
  /** Those that can be hidden: each of their cells has the class `col-` and the id. */
  columns: { id: string; title: string }[];
  /** Stands beside the menu of columns. */
  above?: ReactNode;
  /** The row to go on from once it has come, by its `data-row`. */
  goOnFrom?: string | null;
  children: ReactNode;
};

/**
 * A table drawn on the server whose rows open, with columns and a height of rows that are the reader's choice. J K or the
 * arrows move between the links of the rows, Enter opens, C copies what a link names in `data-copy`.
 */
export function ViewedTable({ name, label, columns, above, goOnFrom = null, children }: ViewedTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const [view, changeView] = useView(name);
  const copy = useCopy();
  useRowKeys({ table, onCopy: (place) => copy(rowLinks(table.current)[place]?.dataset.copy) });
  const before = useRef(goOnFrom);
  useEffect(() => {
    if (goOnFrom !== before.current) linkOf(table.current, goOnFrom)?.focus();
    before.current = goOnFrom;
  }, [goOnFrom]);
  const hidden = columns.filter(({ id }) => view.hidden[id]).map(({ id }) => id);
  return (
    <>
      <div className="acts table-acts">
        {above}
        <ViewMenu columns={columns} view={view} onChange={changeView} />
      </div>
      <div className="dt" data-density={view.density} data-hidden={hidden.join(" ")}>
        <table ref={table} className="tbl list stack" aria-label={label}>
          {children}
        </table>
      </div>
    </>
  );
}

const linkOf = (table: HTMLTableElement | null, row: string | null) =>
  rowLinks(table).find(({ dataset }) => dataset.row === row);

function useCopy() {
  const t = useTranslations("common.table");
  const toast = useToast();
  return useCallback(
    async (text: string | undefined) => {
      if (text === undefined) return;
      const said = await navigator.clipboard.writeText(text).then(
        () => t("copied", { text }),
        () => t("notCopied"),
      );
      toast({ text: said });
    },
    [t, toast],
  );
}
