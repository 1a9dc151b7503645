import { Lock } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { LockedButton } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Member, OpenLink } from "#lib/members/types.ts";
import { ChangeRole, DisableMember, EnableMember, EndSessions } from "./access-acts.tsx";
import { ReturnLink, SendAgain, WithdrawLink } from "./link-acts.tsx";
import type { MemberActs, Stays } from "./types.ts";

type OfMember = { member: Member; stays: Stays; acts: MemberActs };

/** The member that is looked at: how they stand, what may be done, and the facts. */
export function MemberRail({ member, stays, acts }: OfMember) {
  const t = useTranslations("members.rail");
  const { name, standing } = member;
  return (
    <RailSection title={name} about={t(`standing.${standing}`)}>
      <p className="m2">{t(stays === "own_account" ? "text.own" : `text.${standing}`, { name })}</p>
      <div className="acts member-acts">
        <Acts member={member} stays={stays} acts={acts} />
      </div>
      <Facts member={member} acts={acts} />
    </RailSection>
  );
}

function Acts({ member, stays, acts }: OfMember) {
  const t = useTranslations("members");
  switch (member.standing) {
    case "disabled":
      return <EnableMember member={member} enable={acts.enable} />;
    case "invited":
    case "lapsed":
      return (
        <>
          <SendAgain member={member} sendAgain={acts.sendAgain} />
          {member.link === null ? null : (
            <WithdrawLink member={member} withdraw={acts.withdraw} purpose="join" />
          )}
          <ChangeRole member={member} changeRole={acts.changeRole} text={t("changeRole.open")} />
        </>
      );
    case "active":
      return stays === "own_account" ? null : <ActsOnActive member={member} stays={stays} acts={acts} />;
  }
}

function ActsOnActive({ member, stays, acts }: OfMember) {
  const t = useTranslations("members");
  const locked = (id: string, text: string) => (
    <LockedButton id={id} icon={Lock} reason={t("trouble.last_of_role")}>
      {text}
    </LockedButton>
  );
  return (
    <>
      {stays === null ? (
        <ChangeRole member={member} changeRole={acts.changeRole} text={t("changeRole.open")} />
      ) : (
        locked("role-locked", t("changeRole.open"))
      )}
      <ReturnLink
        member={member}
        returnLink={acts.returnLink}
        hasCodeApp={member.secondFactor === "code_app"}
      />
      {member.openSessions === 0 ? null : <EndSessions member={member} endSessions={acts.endSessions} />}
      {stays === null ? (
        <DisableMember member={member} disable={acts.disable} />
      ) : (
        locked("disable-locked", t("disable.open"))
      )}
    </>
  );
}

function Facts({ member, acts }: Omit<OfMember, "stays">) {
  const t = useTranslations("members");
  const terms = useTranslations("terms.role");
  const format = useFormatter();
  const { email, role, link, secondFactor, recoveryCodesLeft, createdAt, disabledAt, standing } = member;
  return (
    <dl className="dl">
      <dt>{t("rail.email")}</dt>
      <dd className="breaks">{email}</dd>
      <dt>{t("role")}</dt>
      <dd>{terms(role)}</dd>
      <dt>{t("rail.sees")}</dt>
      <dd>{t(`sees.${role}`)}</dd>
      {secondFactor === "code_app" ? (
        <>
          <dt>{t("rail.codes")}</dt>
          <dd>{t("rail.codesLeft", { left: recoveryCodesLeft })}</dd>
        </>
      ) : null}
      {link === null ? null : <LinkFacts link={link} />}
      {standing === "active" ? (
        <>
          <dt>{t("columns.since")}</dt>
          <dd>{format.dateTime(createdAt, "day")}</dd>
        </>
      ) : null}
      {disabledAt === null ? null : (
        <>
          <dt>{t("rail.disabled")}</dt>
          <dd>
            <Time at={disabledAt} />
          </dd>
        </>
      )}
      {link?.purpose === "return" ? (
        <dd className="whole">
          <WithdrawLink member={member} withdraw={acts.withdraw} purpose="return" />
        </dd>
      ) : null}
    </dl>
  );
}

function LinkFacts({ link: { purpose, createdByName, createdAt, expiresAt } }: { link: OpenLink }) {
  const t = useTranslations("members.rail");
  const format = useFormatter();
  const hasEnded = expiresAt.getTime() <= useNow().getTime();
  return (
    <>
      <dt>{t(`by.${purpose}`)}</dt>
      <dd>
        {createdByName === null ? "–" : `${createdByName}, `}
        {format.dateTime(createdAt, "minute")}
      </dd>
      <dt>{t(hasEnded ? "ended" : "ends")}</dt>
      <dd>{format.dateTime(expiresAt, "minute")}</dd>
    </>
  );
}
