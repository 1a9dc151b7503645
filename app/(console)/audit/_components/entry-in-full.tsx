import { SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EntryPlace } from "#components/audit/entry-place.tsx";
import { EntryRail } from "#components/audit/entry-rail.tsx";
import { SealedDetails } from "#components/audit/sealed-details.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { CopyFacts } from "#components/ui/copy-facts.tsx";
import { State } from "#components/ui/state.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import { isAuditedEntity, NO_FILTERS } from "#lib/audit-log/rules.ts";
import type { LogFilters, ReadEntry } from "#lib/audit-log/types.ts";
import { type AuditSearch, auditPath } from "../search-params.ts";
import { placeOfObject } from "./object-place.ts";

/** The opened entry, or that there is none of this id for the reader. */
export function EntryInFull({ search, data }: { search: AuditSearch; data: AuditLogData }) {
  const t = useTranslations("audit.entry");
  const { entry, names, role } = data;
  const closeHref = auditPath({ ...search, entry: null });
  if (search.entry === null) return null;
  if (entry === null)
    return (
      <section>
        <State
          icon={SearchX}
          title={t("none.title")}
          act={
            <ButtonLink small href={closeHref}>
              {t("close")}
            </ButtonLink>
          }
        >
          {t("none.text")}
        </State>
      </section>
    );
  const place = placeOfObject(entry, role);
  return (
    <EntryRail entry={entry} names={names} closeHref={closeHref}>
      {entry.sealed === null ? null : <SealedDetails sealed={entry.sealed} entry={entry} names={names} />}
      {entry.place === null ? null : <EntryPlace place={entry.place} />}
      <AllAbout entry={entry} />
      <div className="acts entry-acts">
        <CopyFacts
          text={JSON.stringify(entry, null, 2)}
          words={{ copy: t("copyJson"), copied: t("copied"), failed: t("notCopied") }}
        />
        {place === null ? null : <ButtonLink href={place.href}>{t(`open.${place.name}`)}</ButtonLink>}
      </div>
    </EntryRail>
  );
}

/** The rest of what was done to the same thing, or to the same person. */
function AllAbout({ entry }: { entry: ReadEntry }) {
  const t = useTranslations("audit.entry");
  const { entityId, entityType, subject, id } = entry;
  const listOf = (filters: Partial<LogFilters>) =>
    auditPath({
      filters: { ...NO_FILTERS, ...filters },
      place: { order: "newest", cursor: null, unfold: "all" },
      entry: id,
    });
  if (subject !== null)
    return (
      <p className="small entry-note">
        <Link href={listOf({ whom: [subject] })} prefetch={false}>
          {t("allPerson")}
        </Link>
      </p>
    );
  if (entityId === null || !isAuditedEntity(entityType)) return null;
  return (
    <p className="small entry-note">
      <Link href={listOf({ entity: { type: entityType, id: entityId } })} prefetch={false}>
        {t("all")}
      </Link>
    </p>
  );
}
