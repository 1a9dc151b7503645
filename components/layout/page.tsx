import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type PageProps = {
  children: ReactNode;
  /** What to do, the deadline, what it changes. Lists and explorers have none. */
  rail?: ReactNode;
  railLabel?: string;
  /** On a phone the rail's first section follows the heading: somebody needs help now. */
  actFirst?: boolean;
};

/** Evidence left, the act right. */
export function Page({ children, rail, railLabel, actFirst }: PageProps) {
  return (
    <div className={classNames("work", rail !== undefined && "has-rail", actFirst && "act-first")}>
      <main className="main" id="main" tabIndex={-1}>
        {children}
      </main>
      {rail === undefined ? null : (
        <aside className="rail" aria-label={railLabel}>
          {rail}
        </aside>
      )}
    </div>
  );
}
