"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import type { OpenSession } from "#lib/auth/types.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import type { AccountActs } from "./types.ts";

type OwnSessionsProps = Pick<AccountActs, "endSession" | "endOthers"> & {
  sessions: readonly OpenSession[];
  /** The one that looks at this page. It ends by signing out. */
  ownId: string;
};

/** Where the member is signed in; each session but this one can be ended from here. */
export function OwnSessions({ sessions, ownId, endSession, endOthers }: OwnSessionsProps) {
  const t = useTranslations("account.sessions");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  async function end<Data>(act: () => Promise<ActionResult<Data>>) {
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await act();
    setBusy(false);
    if (!result.ok) setError(result.error);
  }

  return (
    <div className="account-part">
      <table className="tbl free stack" aria-label={t("title")}>
        <thead>
          <tr>
            <th>{t("session")}</th>
            <th>{t("with")}</th>
            <th>{t("since")}</th>
            <th>{t("seen")}</th>
            <th>
              <span className="vh">{t("act")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, createdAt, seenAt, provedWith }) => (
            <tr key={id}>
              <th scope="row">{t(id === ownId ? "this" : "other")}</th>
              <td className="m2 full">{t(`proof.${provedWith}`)}</td>
              <td className="m2 hide-s">
                <Time at={createdAt} />
              </td>
              <td className="m2 full">
                <Time at={seenAt} />
              </td>
              <td className="r end-s">
                {id === ownId ? null : (
                  <Button
                    look="quiet"
                    small
                    aria-disabled={busy}
                    onClick={() => end(() => endSession({ sessionId: id }))}
                  >
                    {t("end")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <Button small aria-disabled={busy} onClick={() => end(() => endOthers(undefined))}>
          {t("endOthers", { count: sessions.length - 1 })}
        </Button>
      ) : null}
      {error === null ? null : <ActFailure error={error} />}
    </div>
  );
}
