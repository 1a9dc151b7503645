import { X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { inSentence } from "#lib/format/in-sentence.ts";
import { BringIntoView } from "./bring-into-view.tsx";
import { FactList, OneFact } from "./fact-list.tsx";
import { shortHash, shortId } from "./short.ts";
import { useEntryText } from "./use-entry-text.ts";
import { useFacts } from "./use-facts.ts";

type EntryRailProps = {
  entry: ReadEntry;
  names: LogNames;
  closeHref: string;
  /** What it tells of a person, its place in the tree, and the ways on. */
  children: ReactNode;
};

/** One entry in full: who did what, every fact it holds, and what was different before. */
export function EntryRail({ entry, names, closeHref, children }: EntryRailProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const text = useEntryText(names);
  const { sequence, at, action, id } = entry;
  const title =
    sequence === null ? t("entry.waiting") : t("entry.title", { number: format.number(sequence) });
  const close = (
    <Link
      className="btn quiet s rail-close"
      href={closeHref}
      scroll={false}
      prefetch={false}
      aria-label={t("entry.close")}
    >
      <Icon of={X} size={14} />
    </Link>
  );
  return (
    <RailSection title={title} about={format.dateTime(at, "exact")} end={close}>
      <BringIntoView what={id} closeHref={closeHref}>
        {t("entry.sentence", { who: text.who(entry), act: inSentence(text.act(action)) })}
      </BringIntoView>
      <EntryFacts entry={entry} names={names} />
      {children}
    </RailSection>
  );
}

function EntryFacts({ entry, names }: Pick<EntryRailProps, "entry" | "names">) {
  const t = useTranslations("audit");
  const roles = useTranslations("terms.role");
  const text = useEntryText(names);
  const { factsOf, changesOf } = useFacts(names);
  const { actorRole, actorId, entityType, entityId, subject } = entry;
  const name = entityId === null ? null : (names.members[entityId] ?? names.applications[entityId]);
  return (
    <>
      <FactList
        facts={factsOf(entry)}
        first={
          <>
            <OneFact label={t("fact.who")}>
              {text.who(entry)}
              {actorRole === "system" || actorId === null ? null : (
                <span className="m">, {inSentence(roles(actorRole))}</span>
              )}
            </OneFact>
            <OneFact label={t("fact.object")}>
              {text.object(entityType)}{" "}
              {entityId === null
                ? null
                : (name ?? (
                    <span className="mono" title={entityId}>
                      {shortId(entityId)}
                    </span>
                  ))}
            </OneFact>
          </>
        }
        last={
          <>
            {changesOf(entry).map(({ name: field, label, before, value }) => (
              <OneFact key={field} label={label}>
                {t.rich("value.change", {
                  before: () => <del>{before}</del>,
                  after: () => <ins>{value}</ins>,
                })}
              </OneFact>
            ))}
            {subject === null ? null : (
              <OneFact label={t("entry.subject")}>
                <span className="mono" title={subject.ref}>
                  {t("entry.subjectRef", { epoch: subject.epoch, ref: shortHash(subject.ref) })}
                </span>
              </OneFact>
            )}
          </>
        }
      />
      {subject === null ? null : <p className="small m entry-note">{t("entry.subjectText")}</p>}
    </>
  );
}
