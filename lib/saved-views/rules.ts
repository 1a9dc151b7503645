import { FACET_NAMES } from "#lib/verifications/types.ts";
import type { ViewValues } from "./types.ts";

/** Whether the list shows something else than the view: other values, whatever their order, another time or order. */
export function hasChanged(shown: ViewValues, view: ViewValues): boolean {
  const words = (values: readonly string[]) => values.toSorted().join(",");
  return (
    FACET_NAMES.some((name) => words(shown[name]) !== words(view[name])) ||
    shown.window !== view.window ||
    shown.order !== view.order ||
    shown.range?.from.getTime() !== view.range?.from.getTime() ||
    shown.range?.to.getTime() !== view.range?.to.getTime()
  );
}
