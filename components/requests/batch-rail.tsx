"use client";

import { Check, CircleDashed } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { isRuled } from "#lib/requests/rules.ts";
import type { PreviewItem, PreviewKind } from "#lib/requests/types.ts";
import { useBatchFigures } from "./batch-live.tsx";
import { BatchNext } from "./batch-next.tsx";
import type { BatchActs, BatchFacts } from "./batch-types.ts";
import { DueBadge, DueDay, DueRule } from "./due.tsx";
import { useRequestTerms } from "./terms.ts";

/** What to do with a list, until when, what was approved and by whom. */
export function BatchRail({ facts, acts }: { facts: BatchFacts; acts: BatchActs }) {
  const t = useTranslations("batches.rail");
  const { due, batch } = facts;
  return (
    <>
      <BatchNext facts={facts} acts={acts} />
      <RailSection title={t("deadline")}>
        <p className="batch-due">
          <DueDay due={due} />
        </p>
        <p>
          <DueBadge due={due} />
        </p>
        <Note>
          <DueRule due={due} />
        </Note>
      </RailSection>
      {batch.preview === null ? null : <Approved facts={facts} />}
      <TwoPeople facts={facts} />
    </>
  );
}

function Approved({ facts: { batch } }: { facts: BatchFacts }) {
  const { people } = useBatchFigures().progress;
  const t = useTranslations("batches.rail");
  const terms = useRequestTerms();
  const format = useFormatter();
  const digest = batch.previewDigest ?? "";
  const { goes = [], stays = [] } = batch.preview ?? {};
  return (
    <RailSection
      title={t(batch.decidedAt === null ? "preview" : "approved")}
      about={
        <>
          SHA-256{" "}
          <span className="mono">
            {digest.slice(0, 4)} … {digest.slice(-4)}
          </span>
        </>
      }
    >
      <dl className="dl batch-sums">
        <dt>{t("count")}</dt>
        <dd>{format.number(people)}</dd>
        {sumsOf([...goes, ...stays]).map(([kind, items]) => (
          <div key={kind} className="batch-item">
            <dt>{terms.item(kind)}</dt>
            <dd>{format.number(items)}</dd>
          </div>
        ))}
        <div className="batch-item">
          <dt>{t("ground")}</dt>
          <dd>
            {goes.length === 0 ? t("nothingGoes") : null}
            {articlesOf(goes).map((article) => (
              <div key={article}>{article}</div>
            ))}
          </dd>
        </div>
      </dl>
    </RailSection>
  );
}

/** How many of each kind: a list with several laws or bases has a kind more than once. */
function sumsOf(items: readonly PreviewItem[]): [PreviewKind, number][] {
  const sums = new Map<PreviewKind, number>();
  for (const { kind, items: count } of items) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums];
}

const articlesOf = (items: readonly PreviewItem[]): string[] => [
  ...new Set(items.map(({ article }) => article)),
];

function TwoPeople({ facts: { batch, names, viewerId } }: { facts: BatchFacts }) {
  const t = useTranslations("batches.rail");
  const format = useFormatter();
  const isByRule = isRuled(batch.channel);
  const ruledBy = batch.channel === "retention" ? "rule" : "choice";
  const steps = [
    ...(isByRule
      ? [{ id: ruledBy, by: batch.assessedBy, at: null } as const]
      : ([
          { id: "opened", by: batch.openedBy, at: batch.openedAt },
          { id: "assessed", by: batch.assessedBy, at: batch.assessedAt },
        ] as const)),
    { id: batch.isSingleControl ? "alone" : "decided", by: batch.decidedBy, at: batch.decidedAt },
  ] as const;
  return (
    <RailSection title={t("people")}>
      <ul className="todo">
        {steps.map(({ id, by, at }) => (
          <li key={id}>
            {by === null ? <Icon of={CircleDashed} /> : <Icon of={Check} tone="ok" />}
            <span>
              {by === null
                ? isByRule || id === "rule" || id === "choice"
                  ? t(ruledBy === "rule" ? "missingRule" : "missingChoice")
                  : t(`missing.${id}`)
                : t(`who.${id}`, { name: names[by] ?? by, isViewer: String(by === viewerId) })}
            </span>
            {at === null ? null : <small>{format.dateTime(at, "minute")}</small>}
          </li>
        ))}
      </ul>
      {batch.assessment === null ? null : <p className="small m2 batch-words">{batch.assessment}</p>}
    </RailSection>
  );
}
