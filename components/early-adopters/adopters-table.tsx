"use client";

import "./early-adopters.css";
import { Ban, CircleDashed } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type DataColumn, DataTable } from "#components/data-table/data-table.tsx";
import { useView } from "#components/data-table/use-view.ts";
import { ViewMenu } from "#components/data-table/view-menu.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import { LOGIN_LOOKS } from "#components/verifications/login-look.ts";
import type { AdopterItem } from "#lib/early-adopters/types.ts";
import { RemoveAdopters } from "./remove-adopters.tsx";
import type { ChangeActs } from "./types.ts";

type AdoptersTableProps = { adopters: readonly AdopterItem[]; acts: ChangeActs | null };

/** A page of the early adopters; whoever may change the list chooses rows and takes them out. */
export function AdoptersTable({ adopters, acts }: AdoptersTableProps) {
  const t = useTranslations("earlyAdopters");
  const [view, changeView] = useView("early-adopters");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Of rows that are gone meanwhile nothing is chosen any more.
  const rows = adopters.filter(({ id }) => chosen.has(id));
  const choice = useChoice(adopters, rows, setChosen);
  const columns = useColumns();
  return (
    <>
      <div className="acts table-acts">
        {acts === null ? null : rows.length === 0 ? (
          <LockedButton id="none-chosen" small reason={t("remove.none")}>
            {t("remove.locked")}
          </LockedButton>
        ) : (
          <RemoveAdopters
            act={acts.remove}
            who={{ places: rows.map(({ id }) => id) }}
            losing={rows.filter(({ losesPath }) => losesPath).length}
            onDone={() => setChosen(new Set())}
          />
        )}
        <ViewMenu columns={columns.filter(({ fixed }) => !fixed)} view={view} onChange={changeView} />
      </div>
      <DataTable
        label={t("title")}
        columns={acts === null ? columns : [choice, ...columns]}
        rows={adopters}
        view={view}
      />
    </>
  );
}

function useChoice(
  adopters: readonly AdopterItem[],
  rows: readonly AdopterItem[],
  setChosen: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void,
): DataColumn<AdopterItem> {
  const t = useTranslations("earlyAdopters");
  const ids = new Set(rows.map(({ id }) => id));
  const isAll = rows.length === adopters.length;
  return {
    id: "choice",
    title: t("columns.choice"),
    className: "choice",
    fixed: true,
    head: (
      <span className="check-cell">
        <input
          type="checkbox"
          aria-label={t("chooseAll")}
          checked={isAll}
          onChange={() => setChosen(() => new Set(isAll ? [] : adopters.map(({ id }) => id)))}
        />
      </span>
    ),
    cell: ({ id, customId }) => (
      <label className="check-cell">
        <input
          type="checkbox"
          aria-label={t("choose", { customId })}
          checked={ids.has(id)}
          onChange={() =>
            setChosen((before) => {
              const after = new Set(before);
              if (!after.delete(id)) after.add(id);
              return after;
            })
          }
        />
      </label>
    ),
  };
}

function useColumns(): DataColumn<AdopterItem>[] {
  const t = useTranslations("earlyAdopters");
  const people = useTranslations("people");
  return useMemo(
    () => [
      {
        id: "customId",
        title: t("columns.customId"),
        fixed: true,
        cell: ({ customId, personId }) =>
          personId === null ? (
            <span className="mono">{customId}</span>
          ) : (
            <Link className="mono row-link" href={`/people/${personId}`} prefetch={false}>
              {customId}
            </Link>
          ),
      },
      {
        id: "status",
        title: t("columns.status"),
        className: "nw end-s",
        cell: ({ status }) => <Standing status={status} />,
      },
      {
        id: "addedAt",
        title: t("columns.addedAt"),
        className: "m2 nw full",
        cell: ({ addedAt }) => (
          <>
            <span className="ph">{t("columns.addedAt")} </span>
            <Time at={addedAt} />
          </>
        ),
      },
      {
        id: "addedBy",
        title: t("columns.addedBy"),
        className: "nw hide-s",
        cell: ({ addedBy }) => addedBy ?? <span className="m">{t("ask.formerMember")}</span>,
      },
      {
        id: "lastLogin",
        title: t("columns.lastLogin"),
        className: "nw full",
        cell: ({ lastLoginAt, lastLoginOutcome: outcome }) =>
          outcome === null || lastLoginAt === null ? (
            <span className="m">{people("lastLogin.none")}</span>
          ) : (
            <>
              <Status {...LOGIN_LOOKS[outcome]}>{people(`lastLogin.${outcome}`)}</Status>{" "}
              <span className="m2">
                <Time at={lastLoginAt} />
              </span>
            </>
          ),
      },
    ],
    [t, people],
  );
}

function Standing({ status }: { status: AdopterItem["status"] }) {
  const t = useTranslations("earlyAdopters.status");
  if (status === "enrolled")
    return (
      <Status kind="ok" quiet>
        {t("enrolled")}
      </Status>
    );
  if (status === "blocked")
    return (
      <Status kind="fail" icon={Ban}>
        {t("blocked")}
      </Status>
    );
  return (
    <Status kind="open" icon={CircleDashed}>
      {t(status ?? "never")}
    </Status>
  );
}
