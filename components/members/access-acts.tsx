"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { ButtonLook } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { MemberTrouble } from "./member-trouble.tsx";
import { RoleField } from "./role-field.tsx";
import type { ActedOn, MemberActs } from "./types.ts";

type Of<K extends keyof MemberActs> = { member: ActedOn } & Pick<MemberActs, K>;

type ChangeRoleProps = Of<"changeRole"> & { text: string; look?: ButtonLook; small?: boolean };

/** Gives a member another role; what that ends is said before. */
export function ChangeRole({ member, changeRole, text, look = "plain", small }: ChangeRoleProps) {
  const t = useTranslations("members.changeRole");
  const toast = useToast();
  const { id, version, name, role, openSessions } = member;
  return (
    <ActDialog
      opener={{ text, look, ...(small ? { small } : {}) }}
      title={t("title", { name })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={changeRole}
      about={{ memberId: id, version }}
      onDone={() => toast({ text: t("done", { name }), stays: true })}
    >
      {(errors) => (
        <>
          <RoleField errors={errors} now={role} />
          <MemberTrouble errors={errors} />
          <p className="m2">{t("text", { name, sessions: openSessions })}</p>
        </>
      )}
    </ActDialog>
  );
}

/** Keeps a member out; nothing of them is deleted. */
export function DisableMember({ member, disable }: Of<"disable">) {
  const t = useTranslations("members.disable");
  const toast = useToast();
  const { id, version, name, openSessions } = member;
  return (
    <ActDialog
      opener={{ text: t("open"), look: "danger" }}
      title={t("title", { name })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={disable}
      about={{ memberId: id, version }}
      onDone={() => toast({ text: t("done", { name }), stays: true })}
    >
      {(errors) => (
        <>
          <dl className="dl">
            <dt>{t("sessions")}</dt>
            <dd>{t("sessionsText", { sessions: openSessions })}</dd>
            <dt>{t("signIn")}</dt>
            <dd>{t("signInText")}</dd>
            <dt>{t("undo")}</dt>
            <dd>{t("undoText")}</dd>
          </dl>
          <MemberTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** Lets a disabled member sign in again. */
export function EnableMember({ member, enable }: Of<"enable">) {
  const t = useTranslations("members.enable");
  const terms = useTranslations("terms.role");
  const { id, version, name, role } = member;
  return (
    <ActDialog
      opener={{ text: t("open") }}
      title={t("title", { name })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={enable}
      about={{ memberId: id, version }}
    >
      <p className="m2">{t("text", { role: terms(role) })}</p>
    </ActDialog>
  );
}

/** Signs a member out everywhere; they may sign in again at once. */
export function EndSessions({ member, endSessions }: Of<"endSessions">) {
  const t = useTranslations("members.endSessions");
  const toast = useToast();
  const { id, name, openSessions } = member;
  return (
    <ActDialog
      opener={{ text: t("open") }}
      title={t("title", { name, sessions: openSessions })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={endSessions}
      about={{ memberId: id }}
      onDone={({ ended }) => toast({ text: t("done", { name, ended }), stays: true })}
    >
      <p className="m2">{t("text")}</p>
    </ActDialog>
  );
}

/** Signs everybody out but whoever asks, here. */
export function EndOtherSessions({
  endOtherSessions,
  others,
}: Pick<MemberActs, "endOtherSessions"> & { others: number }) {
  const t = useTranslations("members.endOthers");
  const toast = useToast();
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title", { others })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={endOtherSessions}
      about={{ whose: "others" }}
      onDone={({ ended }) => toast({ text: t("done", { ended }), stays: true })}
    >
      <p className="m2">{t("text")}</p>
    </ActDialog>
  );
}
