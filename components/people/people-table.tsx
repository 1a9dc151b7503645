"use client";

import { Ban, CircleDashed, Hourglass, ScanFace } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type RefObject, useMemo } from "react";
import { type DataColumn, DataTable } from "#components/data-table/data-table.tsx";
import type { View } from "#components/data-table/use-view.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { LOGIN_LOOKS } from "#components/verifications/login-look.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import type { CustomIdSight, PersonListItem } from "#lib/people/types.ts";

/** The columns of the list of people, in their order. */
export function usePeopleColumns(exposurePercent: number, onOpen: () => void): DataColumn<PersonListItem>[] {
  const t = useTranslations("people");
  const terms = useTranslations("terms");
  const format = useFormatter();
  return useMemo(
    () => [
      {
        id: "customId",
        title: t("columns.customId"),
        fixed: true,
        cell: (person) => (
          <Link className="mono row-link" href={`/people/${person.id}`} prefetch={false} onClick={onOpen}>
            <Marked text={person.customId} part={person.matched} />
          </Link>
        ),
      },
      {
        id: "face",
        title: t("columns.face"),
        className: "hide-s",
        cell: (person) =>
          person.faceEnrolled ? (
            <span className="nw">
              <Icon of={ScanFace} size={14} /> {t("yes")}
            </span>
          ) : (
            <span className="m">–</span>
          ),
      },
      {
        id: "fingers",
        title: t("columns.fingers"),
        className: "num hide-s",
        cell: (person) => (person.fingers > 0 ? person.fingers : <span className="m">–</span>),
      },
      {
        id: "path",
        title: t("columns.path"),
        className: "full",
        cell: (person) => (
          <>
            {terms(`path.${person.path}`)}{" "}
            <span className="m">
              ·{" "}
              {person.pathReason === "exposed" && person.through === "cohort"
                ? t("why.early_adopter")
                : t(`why.${person.pathReason}`, { percent: exposurePercent })}
            </span>
          </>
        ),
      },
      {
        id: "lastLogin",
        title: t("columns.lastLogin"),
        className: "nw",
        cell: (person) => <LastLogin outcome={person.lastLoginOutcome} />,
      },
      {
        id: "when",
        title: t("columns.when"),
        className: "m2 nw",
        cell: (person) =>
          person.lastLoginAt ? <Time at={person.lastLoginAt} /> : <span className="m">–</span>,
      },
      {
        id: "enrolledAt",
        title: t("columns.enrolledAt"),
        className: "m2 nw hide-s",
        cell: (person) =>
          person.enrolledAt ? (
            <time
              dateTime={person.enrolledAt.toISOString()}
              title={format.dateTime(person.enrolledAt, "exact")}
            >
              {format.dateTime(person.enrolledAt, "day")}
            </time>
          ) : (
            <span className="m">–</span>
          ),
      },
      {
        id: "status",
        title: t("columns.status"),
        className: "nw end-s",
        cell: (person) => <Standing standing={person.standing} />,
      },
    ],
    [t, terms, format, exposurePercent, onOpen],
  );
}

function LastLogin({ outcome }: { outcome: LoginOutcome | null }) {
  const t = useTranslations("people.lastLogin");
  if (outcome === null) return <span className="m">{t("none")}</span>;
  return <Status {...LOGIN_LOOKS[outcome]}>{t(outcome)}</Status>;
}

function Standing({ standing }: { standing: PersonListItem["standing"] }) {
  const t = useTranslations("people.status");
  if (standing === "enrolled") return t("enrolled");
  if (standing === "blocked")
    return (
      <Status kind="fail" icon={Ban}>
        {t("blocked")}
      </Status>
    );
  const isPaused = standing === "paused";
  return (
    <Status kind={isPaused ? "wait" : "open"} icon={isPaused ? Hourglass : CircleDashed}>
      {t(standing)}
    </Status>
  );
}

function Marked({ text, part }: { text: string; part: PersonListItem["matched"] }) {
  if (part === null) return text;
  return (
    <>
      {text.slice(0, part.from)}
      <mark>{text.slice(part.from, part.to)}</mark>
      {text.slice(part.to)}
    </>
  );
}

type PeopleTableProps = {
  people: readonly PersonListItem[];
  columns: readonly DataColumn<PersonListItem>[];
  view: View;
  sight: CustomIdSight;
  table: RefObject<HTMLTableElement | null>;
};

/** People as rows that open their page. Where a CustomID is masked there is nothing to copy. */
export function PeopleTable({ people, columns, view, sight, table }: PeopleTableProps) {
  const t = useTranslations("people");
  const toast = useToast();
  async function copy({ customId }: PersonListItem) {
    const text = await navigator.clipboard.writeText(customId).then(
      () => t("pager.copied"),
      () => t("pager.notCopied"),
    );
    toast({ text });
  }
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={people}
      view={view}
      table={table}
      {...(sight === "whole" ? { onCopy: (person: PersonListItem) => void copy(person) } : {})}
    />
  );
}
