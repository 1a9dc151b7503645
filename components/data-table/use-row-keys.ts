import { type RefObject, useEffect } from "react";

const FIELDS = "input, select, textarea, [contenteditable], dialog[open] *, [popover] *";

/** Whether a key pressed here may be one of the page's own: not while somebody types, and not with a modifier. */
export const isPageKey = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) &&
  !(event.target instanceof Element && event.target.matches(FIELDS));

type RowKeys = {
  table: RefObject<HTMLTableElement | null>;
  /** Copies what the row at this place is known by; absent where there is nothing to copy. */
  onCopy?: ((row: number) => void) | undefined;
};

/** J K and the arrows walk through the rows, C copies; Enter opens by itself, because each row is a link. */
export function useRowKeys({ table, onCopy }: RowKeys): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!isPageKey(event)) return;
      const links = rowLinks(table.current);
      const place =
        document.activeElement instanceof HTMLElement ? links.indexOf(document.activeElement) : -1;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step !== undefined && (place >= 0 || event.key === "j" || event.key === "k")) {
        links[Math.min(Math.max(place + step, 0), links.length - 1)]?.focus();
        event.preventDefault();
      } else if (event.key === "c" && place >= 0 && onCopy) {
        onCopy(place);
      }
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [table, onCopy]);
}

/** The links that open the rows, from the first row to the last. */
export const rowLinks = (table: HTMLTableElement | null): HTMLElement[] => [
  ...(table?.querySelectorAll<HTMLElement>(".row-link") ?? []),
];
