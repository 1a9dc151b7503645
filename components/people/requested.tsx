import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DueBadge } from "#components/requests/due.tsx";
import { useRequestTerms } from "#components/requests/terms.ts";
import { RailSection } from "#components/ui/section.tsx";
import type { Requested } from "#lib/people/types.ts";

/** What was asked about the person, the open and the closed, each with how it stands; and the way to a new request. */
export function Requests({ requests, personId }: { requests: Requested["requests"]; personId: string }) {
  const t = useTranslations("people.person.requests");
  const format = useFormatter();
  const terms = useRequestTerms();
  return (
    <RailSection title={t("title")}>
      {requests.length === 0 ? (
        <p className="small m">{t("none")}</p>
      ) : (
        <dl className="dl">
          {requests.map(({ id, protocol, right, state, closedAt, due }) => (
            <div key={id} style={{ display: "contents" }}>
              <dt>
                <Link href={`/requests/${id}`} prefetch={false}>
                  {protocol}
                </Link>
              </dt>
              <dd>
                {terms.right(right)}
                <br />
                {closedAt === null ? (
                  <DueBadge due={due} />
                ) : (
                  <span className="m">
                    {t("closed", {
                      step: terms.step({ right, state }),
                      day: format.dateTime(closedAt, "day"),
                    })}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p style={{ paddingTop: 8 }}>
        <Link href={`/requests/new?person=${personId}`} prefetch={false}>
          {t("open")}
        </Link>
      </p>
    </RailSection>
  );
}

type KeptAndBlockedProps = Pick<Requested, "hold" | "blockCause"> & { children: ReactNode };

/** What keeps the person's data from being erased, what keeps them from logging in by it, and what can be done about both. */
export function KeptAndBlocked({ hold, blockCause, children }: KeptAndBlockedProps) {
  const t = useTranslations("people.person.kept");
  const format = useFormatter();
  return (
    <RailSection title={t("title")}>
      {hold === null && blockCause === null ? <p className="small m">{t("neither")}</p> : null}
      <dl className="dl">
        {hold === null ? null : (
          <>
            <dt>{t("hold")}</dt>
            <dd className="breaks">
              {hold.reason}
              <br />
              <span className="m">
                {t("since", {
                  day: format.dateTime(hold.placedAt, "day"),
                  by: hold.placedBy ?? t("formerMember"),
                })}
              </span>
            </dd>
          </>
        )}
        {blockCause === null ? null : (
          <>
            <dt>{t("block")}</dt>
            <dd>{t(`cause.${blockCause}`)}</dd>
          </>
        )}
      </dl>
      {children}
    </RailSection>
  );
}
