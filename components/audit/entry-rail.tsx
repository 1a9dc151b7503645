import { X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { inSentence } from "#lib/format/in-sentence.ts";
import { BringIntoView } from "./bring-into-view.tsx";
import { shortHash, shortId } from "./short.ts";
import { useEntryText } from "./use-entry-text.ts";
import { useFacts } from "./use-facts.ts";

type EntryRailProps = {
  entry: ReadEntry;
  names: LogNames;
  closeHref: string;
  /** What else there is of the thing or the person. */
  links: ReactNode;
  /** Its place in the tree, and the ways on. */
  children: ReactNode;
};

/** One entry in full: who did what, every fact it holds, and what was different before. */
export function EntryRail({ entry, names, closeHref, links, children }: EntryRailProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const text = useEntryText(names);
  const { sequence, at, action, id } = entry;
  const title =
    sequence === null ? t("entry.waiting") : t("entry.title", { number: format.number(sequence + 1) });
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
      {links}
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
  const changes = changesOf(entry);
  const objectName = entityId === null ? null : (names.members[entityId] ?? names.applications[entityId]);
  return (
    <>
      <dl className="dl">
        <dt>{t("fact.who")}</dt>
        <dd>
          {text.who(entry)}
          {actorRole === "system" || actorId === null ? null : (
            <span className="m"> {inSentence(roles(actorRole))}</span>
          )}
        </dd>
        <dt>{t("fact.object")}</dt>
        <dd>
          {text.object(entityType)}
          {entityId === null ? null : (
            <>
              {" "}
              {objectName ?? (
                <span className="mono" title={entityId}>
                  {shortId(entityId)}
                </span>
              )}
            </>
          )}
        </dd>
        {factsOf(entry).map(({ name, label, value, isCode }) => (
          <Fact key={name} label={label}>
            {isCode ? (
              <span className="mono" title={value}>
                {shortId(value)}
              </span>
            ) : (
              value
            )}
          </Fact>
        ))}
        {changes.map(({ name, label, before, value }) => (
          <Fact key={name} label={label}>
            {t.rich("value.change", {
              before: () => <del>{before}</del>,
              after: () => <ins>{value}</ins>,
            })}
          </Fact>
        ))}
        {subject === null ? null : (
          <Fact label={t("entry.subject")}>
            <span className="mono" title={subject.ref}>
              {t("entry.subjectRef", { epoch: subject.epoch, ref: shortHash(subject.ref) })}
            </span>
          </Fact>
        )}
      </dl>
      {subject === null ? null : <p className="small m entry-note">{t("entry.subjectText")}</p>}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
