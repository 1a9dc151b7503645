"use client";

import "./data-table.css";
import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, type RefObject, useMemo, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { useRowKeys } from "./use-row-keys.ts";
import type { View } from "./use-view.ts";

const features = tableFeatures({ columnVisibilityFeature });

export type DataColumn<Row> = {
  id: string;
  title: string;
  /** Stands in the head instead of the title, such as a link that sorts. */
  head?: ReactNode;
  cell(row: Row): ReactNode;
  /** Class names of its cells: `num`, `m2`, `full`, `hide-s`, `end-s` … */
  className?: string;
  sorted?: "ascending" | "descending";
  /** Always shown: the column whose link opens the row. */
  fixed?: boolean;
};

type DataTableProps<Row extends { id: string }> = {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  view: View;
  onCopy?: (row: Row) => void;
  table?: RefObject<HTMLTableElement | null>;
};

/**
 * A table of rows that open: each row holds one link of the class `row-link`. J K or the arrows move, Enter opens, C
 * copies. On a phone the cells of a row stand below each other.
 */
export function DataTable<Row extends { id: string } & RowData>({
  label,
  columns,
  rows,
  view,
  onCopy,
  table: given,
}: DataTableProps<Row>) {
  const own = useRef<HTMLTableElement>(null);
  const element = given ?? own;
  const [selected, setSelected] = useState<string | null>(null);
  useRowKeys({ table: element, onCopy: onCopy && ((place) => rows[place] && onCopy(rows[place])) });
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, title, head, cell, fixed }) =>
      helper.display({
        id,
        header: () => head ?? title,
        cell: ({ row }) => cell(row.original),
        enableHiding: !fixed,
      }),
    );
  }, [columns]);
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.map(({ id, fixed }) => [id, fixed || !view.hidden[id]])),
    [columns, view.hidden],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => row.id,
    state: { columnVisibility },
  });
  return (
    <div className="dt" data-density={view.density}>
      <table ref={element} className="tbl list stack" aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const column = byId.get(header.column.id);
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={headClass(column?.className)}
                    aria-sort={column?.sorted}
                  >
                    <table.FlexRender header={header} />
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              className={classNames(row.id === selected && "sel")}
              onFocus={() => setSelected(row.id)}
            >
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={byId.get(cell.column.id)?.className}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A head stands as its cells do: at the right over numbers, and not at all where there is no room for them. */
const headClass = (className = ""): string | undefined =>
  classNames(...className.split(" ").filter((name) => ["num", "hide-m", "hide-l"].includes(name)));
