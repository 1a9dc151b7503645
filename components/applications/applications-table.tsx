import { Ban, Hourglass, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { KeyedTable } from "#components/data-table/keyed-table.tsx";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Application } from "#lib/applications/types.ts";
import { wholeDays } from "./whole-days.ts";

type ApplicationsTableProps = { applications: readonly Application[]; selectedId: string; now: Date };

/** All applications; the one that is looked at is marked, the others open. */
export function ApplicationsTable({ applications, selectedId, now }: ApplicationsTableProps) {
  const t = useTranslations("applications");
  const format = useFormatter();
  return (
    <KeyedTable label={t("title")}>
      <thead>
        <tr>
          <th scope="col" aria-sort="ascending">
            {t("columns.application")}
          </th>
          <th scope="col">{t("columns.keys")}</th>
          <th scope="col" className="num">
            {t("columns.logins")}
          </th>
          <th scope="col">{t("columns.lastCall")}</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <tr key={application.id} className={application.id === selectedId ? "sel" : undefined}>
            <td className="two-line">
              <Link
                className="b row-link"
                href={`/settings/applications?application=${application.id}`}
                prefetch={false}
                scroll={false}
                aria-current={application.id === selectedId ? "true" : undefined}
              >
                {application.name}
              </Link>
              <small>{application.channels.join(", ") || t("noChannels")}</small>
            </td>
            <td className="end-s">
              <KeysStatus application={application} now={now} />
            </td>
            <td className="num">
              {format.number(application.loginsLastDay)}
              <span className="ph m"> {t("columns.logins")}</span>
            </td>
            <td className="m2 nw">
              {application.lastCallAt ? <Time at={application.lastCallAt} /> : t("never")}
            </td>
          </tr>
        ))}
      </tbody>
    </KeyedTable>
  );
}

function KeysStatus({ application, now }: { application: Application; now: Date }) {
  const t = useTranslations("applications.keys");
  const { standing, keys } = application;
  const [only, another] = keys;
  const days = only && !another ? wholeDays(only.createdAt, now) : null;
  switch (standing) {
    case "disabled":
      return (
        <Status kind="none" icon={Ban}>
          {t("disabled")}
        </Status>
      );
    case "no_key":
      return <Status kind="fail">{t("no_key")}</Status>;
    case "kept":
      return <Status kind="due">{t("kept")}</Status>;
    case "rotating":
      return (
        <Status kind="wait" icon={RefreshCw}>
          {t("rotating")}
        </Status>
      );
    case "waiting":
      return (
        <Status kind="wait" icon={Hourglass}>
          {t("waiting")}
        </Status>
      );
    case "live":
      return (
        <Status kind="ok" quiet>
          {days === null ? t("live", { keys: keys.length }) : t("liveAged", { keys: keys.length, days })}
        </Status>
      );
  }
}
