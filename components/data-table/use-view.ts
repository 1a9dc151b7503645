import { useCallback, useEffect, useState } from "react";

export const DENSITIES = ["tight", "normal", "loose"] as const;
export type Density = (typeof DENSITIES)[number];

/** Which columns are hidden and how tall the rows are. */
export type View = { hidden: Record<string, boolean>; density: Density };
const USUAL: View = { hidden: {}, density: "normal" };

/**
 * How this reader wants a table, kept in their browser under the table's name; the columns of `usuallyHidden`, of which
 * every call has to give the same, are shown only to who asks for them.
 */
export function useView(
  name: string,
  usuallyHidden: View["hidden"] = USUAL.hidden,
): [View, (change: Partial<View>) => void] {
  const key = `gatehouse.table.${name}`;
  const [view, setView] = useState<View>({ ...USUAL, hidden: usuallyHidden });
  // Read after the first drawing: the server cannot know it, and both must draw the same.
  useEffect(() => setView(readView(key, usuallyHidden)), [key, usuallyHidden]);
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

function readView(key: string, usuallyHidden: View["hidden"]): View {
  const usual = { ...USUAL, hidden: usuallyHidden };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null) return usual;
    const { hidden, density } = stored as Partial<Record<keyof View, unknown>>;
    return {
      hidden: {
        ...usuallyHidden,
        ...(typeof hidden === "object" ? (hidden as View["hidden"] | null) : null),
      },
      density: DENSITIES.find((known) => known === density) ?? "normal",
    };
  } catch {
    return usual;
  }
}
