import { useCallback, useEffect, useState } from "react";

export const DENSITIES = ["tight", "normal", "loose"] as const;
export type Density = (typeof DENSITIES)[number];

/** Which columns are hidden and how tall the rows are. */
export type View = { hidden: Record<string, boolean>; density: Density };
const USUAL: View = { hidden: {}, density: "normal" };

/** How this reader wants a table, kept in their browser under the table's name. */
export function useView(name: string): [View, (change: Partial<View>) => void] {
  const key = `gatehouse.table.${name}`;
  const [view, setView] = useState(USUAL);
  // Read after the first drawing: the server cannot know it, and both must draw the same.
  useEffect(() => setView(readView(key)), [key]);
  const change = useCallback(
    (part: Partial<View>) =>
      setView((before) => {
        const after = { ...before, ...part };
        try {
          localStorage.setItem(key, JSON.stringify(after));
        } catch {
          // A browser without storage keeps the choice until the page is left.
        }
        return after;
      }),
    [key],
  );
  return [view, change];
}

function readView(key: string): View {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null) return USUAL;
    const { hidden, density } = stored as Partial<Record<keyof View, unknown>>;
    return {
      hidden: typeof hidden === "object" && hidden !== null ? (hidden as View["hidden"]) : {},
      density: DENSITIES.find((known) => known === density) ?? "normal",
    };
  } catch {
    return USUAL;
  }
}
