"use client";

import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { RequestSearch } from "#lib/inbox/types.ts";
import { useRequestTerms } from "./terms.ts";

/** What a search found: open and closed requests, a completed one with its receipt. */
export function FoundRequests({ found, clear }: { found: RequestSearch; clear(): void }) {
  const t = useTranslations("requests");
  const format = useFormatter();
  const locale = useLocale();
  const terms = useRequestTerms();
  const { requests } = found;
  return (
    <div className="inbox-found">
      <p>
        <b>{t(`find.found.${found.by}`, { count: requests.length })}</b>{" "}
        {found.by === "person" && found.person.isOnHold ? t("find.onHold") : null}{" "}
        <Button small look="quiet" onClick={clear}>
          {t("find.clear")}
        </Button>
      </p>
      {requests.length === 0 ? null : (
        <table className="tbl free tight stack" aria-label={t("find.results")}>
          <tbody>
            {requests.map(({ id, protocol, right, state, receivedAt, closedAt }) => (
              <tr key={id}>
                <td className="nw">
                  <Link className="b" href={`/requests/${id}`} prefetch={false}>
                    {protocol}
                  </Link>
                </td>
                <td className="nw">{terms.right(right)}</td>
                <td className="nw">{terms.step({ right, state })}</td>
                <td className="m2 nw">
                  {closedAt === null
                    ? t("find.received", { day: format.dateTime(receivedAt, "day") })
                    : t("find.closed", { day: format.dateTime(closedAt, "day") })}
                </td>
                <td className="nw">
                  {state === "completed" ? (
                    <a href={`/api/requests/${id}/documents/receipt.pdf?locale=${locale}`} download>
                      {t("find.receipt")}
                    </a>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
