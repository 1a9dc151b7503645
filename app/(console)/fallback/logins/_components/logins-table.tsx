import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ViewedTable } from "#components/data-table/viewed-table.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import { LOGIN_LOOKS } from "#components/verifications/login-look.ts";
import type { EndedLogin } from "#lib/login-ends/types.ts";
import type { Order } from "#lib/verifications/types.ts";
import { useValueText } from "../../_components/use-words.ts";

type LoginsTableProps = {
  rows: readonly EndedLogin[];
  order: Order;
  /** The same list sorted the other way round. */
  otherOrderHref: string;
  showsPeople: boolean;
};

const COLUMNS = ["reason", "application", "channel", "device", "stage"] as const;

/** Logins by the time they ended; each leads to its verifications, and to its person. */
export function LoginsTable({ rows, order, otherOrderHref, showsPeople }: LoginsTableProps) {
  const t = useTranslations("fallback.logins");
  const sort = useTranslations("verifications.sort");
  return (
    <ViewedTable
      name="logins"
      label={t("title")}
      columns={COLUMNS.map((id) => ({ id, title: t(`columns.${id}`) }))}
    >
      <thead>
        <tr>
          <th scope="col" aria-sort={order === "newest" ? "descending" : "ascending"}>
            <Link
              href={otherOrderHref}
              scroll={false}
              prefetch={false}
              aria-label={sort("change", { order: sort(order === "newest" ? "oldest" : "newest") })}
            >
              {t("columns.time")} <Icon of={order === "newest" ? ArrowDown : ArrowUp} size={12} />
            </Link>
          </th>
          {showsPeople ? <th scope="col">{t("columns.customId")}</th> : null}
          <th scope="col">{t("columns.outcome")}</th>
          {COLUMNS.map((id) => (
            <th key={id} scope="col" className={`col-${id}`}>
              {t(`columns.${id}`)}
            </th>
          ))}
          <th scope="col">{t("columns.tries")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} showsPeople={showsPeople} />
        ))}
      </tbody>
    </ViewedTable>
  );
}

function Row({ row, showsPeople }: { row: EndedLogin; showsPeople: boolean }) {
  const t = useTranslations("fallback.logins");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const valueText = useValueText({});
  const { at, outcome, path, pathReason, fallbackReason, lockedOut } = row;
  const reason =
    path === "legacy" ? terms(`pathReason.${pathReason}`) : terms(`fallbackReason.${fallbackReason}`);
  return (
    <tr>
      <td className="m2 nw end-s">
        <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
          {format.dateTime(at, {
            day: "numeric",
            month: "short",
            hour: "2-digit",
            minute: "2-digit",
            second: "2-digit",
          })}
        </time>
      </td>
      {showsPeople ? (
        <td>
          <Person subject={row.subject} />
        </td>
      ) : null}
      <td className="nw full">
        <Status {...LOGIN_LOOKS[outcome]}>{terms(`loginOutcome.${outcome}`)}</Status>
        {lockedOut ? <span className="m"> · {t("lockedOut")}</span> : null}
      </td>
      <td className="m2 full col-reason">
        {path === "biometric" && fallbackReason === "none" ? <span className="m hide-s">–</span> : reason}
      </td>
      <td className="hide-s col-application">{row.application ?? "–"}</td>
      <td className="hide-s col-channel">{valueText("channel", row.channel)}</td>
      <td className="hide-s col-device">{valueText("device", row.device)}</td>
      <td className="hide-s col-stage">{valueText("stage", `${row.exposurePercent}`)}</td>
      <td className="full">
        <Tries tries={row.tries} />
      </td>
    </tr>
  );
}

/** Whose login it was, by our own id in the address. */
function Person({ subject }: Pick<EndedLogin, "subject">) {
  const t = useTranslations("verifications.subject");
  if (subject?.state !== "known") return <span className="m">{subject ? t(subject.state) : null}</span>;
  return (
    <Link
      className="mono row-link"
      href={`/people/${subject.personId}`}
      prefetch={false}
      data-copy={subject.customId}
    >
      {subject.customId}
    </Link>
  );
}

function Tries({ tries }: Pick<EndedLogin, "tries">) {
  const t = useTranslations("fallback.logins");
  const terms = useTranslations("terms.verificationReason");
  if (tries.length === 0) return <span className="m">{t("noTry")}</span>;
  return (
    <span className="tries">
      {tries.map(({ id, reason }, place) => (
        <Link key={id} href={`/verifications/${id}`} prefetch={false}>
          {t("try", { number: place + 1, outcome: terms(reason) })}
        </Link>
      ))}
    </span>
  );
}
