import type { ReactNode } from "react";
import { shortId } from "./short.ts";
import type { Fact } from "./use-facts.ts";

type FactListProps = {
  facts: readonly Fact[];
  /** Other facts, before and after these. */
  first?: ReactNode;
  last?: ReactNode;
};

/** Facts as a list of names and values; of a long id its end, the whole on hover. */
export function FactList({ facts, first, last }: FactListProps) {
  return (
    <dl className="dl">
      {first}
      {facts.map(({ name, label, value, isCode }) => (
        <OneFact key={name} label={label}>
          {isCode ? (
            <span className="mono" title={value}>
              {shortId(value)}
            </span>
          ) : (
            value
          )}
        </OneFact>
      ))}
      {last}
    </dl>
  );
}

/** One name with its value. */
export function OneFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
