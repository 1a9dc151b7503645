import "#components/members/members.css";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { InviteMember } from "#components/members/invite-member.tsx";
import { LinkShownOnce } from "#components/members/link-shown-once.tsx";
import { MemberRail } from "#components/members/member-rail.tsx";
import { MembersTable } from "#components/members/members-table.tsx";
import { NewLinkProvider } from "#components/members/new-link.tsx";
import { OpenSessions, WhatHolds } from "#components/members/roster-rail.tsx";
import type { MemberActs } from "#components/members/types.ts";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { MembersData } from "#lib/members/loaders.ts";
import { troubleOfChange } from "#lib/members/rules.ts";
import { openSettingsTabs } from "../../permissions.ts";
import * as actions from "../actions.ts";
import { WhoMayDoWhat } from "./who-may-do-what.tsx";

const ACTS: MemberActs = {
  invite: actions.inviteAction,
  sendAgain: actions.sendAgainAction,
  withdraw: actions.withdrawAction,
  returnLink: actions.returnLinkAction,
  changeRole: actions.changeRoleAction,
  disable: actions.disableAction,
  enable: actions.enableAction,
  endSessions: actions.endSessionsAction,
  endOtherSessions: actions.endOtherSessionsAction,
};

/** Who may come in and as what: all of them, and one looked at closely. */
export function MembersView({ data, allActs }: { data: MembersData; allActs: boolean }) {
  const t = useTranslations("members");
  const { members, selected, viewerId, holders, secondFactor, canMail, role } = data;
  const rail = (
    <>
      {selected === null ? null : (
        <MemberRail
          key={selected.id}
          member={selected}
          stays={troubleOfChange(
            { ...selected, canSignIn: selected.standing === "active" },
            viewerId,
            holders,
          )}
          acts={ACTS}
        />
      )}
      <WhatHolds holders={holders} />
      <OpenSessions open={members.reduce((sum, { openSessions }) => sum + openSessions, 0)} acts={ACTS} />
    </>
  );
  return (
    <ClientMessages rooms={["members", "errors", "terms", "notifications"]}>
      <NewLinkProvider>
        <Page railLabel={t("rail.label")} rail={rail}>
          <PageHead {...useAnswer(data)} acts={<InviteMember invite={ACTS.invite} canMail={canMail} />} />
          <SettingsTabs open={openSettingsTabs(role)} current="members" />
          <LinkShownOnce />
          <MembersTable
            members={members}
            selectedId={selected?.id ?? null}
            viewerId={viewerId}
            holders={holders}
            secondFactor={secondFactor}
            acts={ACTS}
          />
          <WhoMayDoWhat all={allActs} memberId={selected?.id ?? null} />
        </Page>
      </NewLinkProvider>
    </ClientMessages>
  );
}

/** The sentence somebody opens the page for, and the one that says what follows from it. */
function useAnswer({ members, state, secondFactor }: MembersData): { answer: string; lead: string } {
  const t = useTranslations("members");
  const format = useFormatter();
  const here = members.filter(({ standing }) => standing !== "disabled");
  const all = t("count", { count: here.length });
  if (state.kind === "one_administrator")
    return {
      answer: here.length === 1 ? t("answer.alone") : t("answer.one_administrator", { all }),
      lead: t("lead.one_administrator"),
    };
  if (state.kind === "well")
    return {
      answer: t(secondFactor === "off" ? "answer.in" : "answer.well", { all }),
      lead: t("lead.well"),
    };
  const [first] = state.members;
  const count = state.members.length;
  const answer = t(`answer.${state.kind}`, { all, count, name: first.name });
  if (state.kind === "no_second_factor")
    return { answer, lead: t(`lead.no_second_factor.${secondFactor}`, { count, name: first.name }) };
  const made = first.link === null ? "" : format.dateTime(first.link.createdAt, "dayAndMonth");
  const end = first.link === null ? "" : format.dateTime(first.link.expiresAt, "weekday");
  return { answer, lead: t(`lead.${state.kind}`, { count, name: first.name, made, end }) };
}
