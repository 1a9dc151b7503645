"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { MemberTrouble } from "./member-trouble.tsx";
import { useNewLink } from "./new-link.tsx";
import type { ActedOn, MemberActs } from "./types.ts";

type Of<K extends keyof MemberActs> = { member: ActedOn } & Pick<MemberActs, K>;

/** Makes a new link for somebody who has not come in; the one they had ends with it. */
export function SendAgain({ member, sendAgain, small }: Of<"sendAgain"> & { small?: boolean }) {
  const t = useTranslations("members.sendAgain");
  const { show } = useNewLink();
  const { id, version, email } = member;
  return (
    <ActDialog
      opener={{ text: t("open"), icon: Send, ...(small ? { small } : {}) }}
      title={t("title", { email })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={sendAgain}
      about={{ memberId: id, version }}
      onDone={show}
    >
      <p className="m2">{t("text")}</p>
    </ActDialog>
  );
}

/** Takes an invitation back, or a link for coming back. */
export function WithdrawLink({ member, withdraw, purpose }: Of<"withdraw"> & { purpose: "join" | "return" }) {
  const t = useTranslations(`members.withdraw.${purpose}`);
  const { id, version, name } = member;
  return (
    <ActDialog
      opener={purpose === "join" ? { text: t("open"), look: "danger" } : { text: t("open"), look: "link" }}
      title={t("title", { name })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={withdraw}
      about={{ memberId: id, version }}
    >
      <p className="m2">{t("text", { name })}</p>
    </ActDialog>
  );
}

/** Makes a link with which a member who cannot sign in chooses a new password. */
export function ReturnLink({ member, returnLink, hasCodeApp }: Of<"returnLink"> & { hasCodeApp: boolean }) {
  const t = useTranslations("members.returnLink");
  const { show } = useNewLink();
  const { id, version, name, openSessions } = member;
  return (
    <ActDialog
      opener={{ text: t("open") }}
      title={t("title", { name })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={returnLink}
      about={{ memberId: id, version }}
      onDone={show}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text", { name, sessions: openSessions })}</p>
          {hasCodeApp ? (
            <label className="check">
              <input type="checkbox" name="resetCodeApp" />
              <span>
                {t("reset")} <span className="m small">{t("resetHelp")}</span>
              </span>
            </label>
          ) : null}
          <MemberTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
