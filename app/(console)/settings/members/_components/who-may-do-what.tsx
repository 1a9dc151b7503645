import { KeyRound, UsersRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { asksProof, asksSecondPerson, grantOf, type Permission, POLICY } from "#lib/auth/policy.ts";
import { ROLES, type Role } from "#lib/members/schema.ts";

/** What at least one role of members may do: what applications may is no question of members. */
type MemberAct = {
  [P in Permission]: keyof (typeof POLICY)[P]["may"] extends "application" ? never : P;
}[Permission];
const isMemberAct = (permission: Permission): permission is MemberAct =>
  ROLES.some((role) => grantOf(role, permission) !== null);

/** The acts somebody asks about first. */
const FIRST: readonly MemberAct[] = [
  "person.view",
  "request.decide",
  "rollout.advance_past_half",
  "rollout.halt",
  "applications.change",
  "members.change",
];
const ALL = (Object.keys(POLICY) as Permission[]).filter(isMemberAct);

/** Who may do what, read from the policy itself: what stands here is what every act is asked by. */
export function WhoMayDoWhat({ all, memberId }: { all: boolean; memberId: string | null }) {
  const t = useTranslations("members.policy");
  const terms = useTranslations("terms.role");
  const query = new URLSearchParams({
    ...(memberId === null ? {} : { member: memberId }),
    ...(all ? {} : { acts: "all" }),
  });
  const legend = (
    <>
      <Icon of={KeyRound} size={13} /> {t("asksProof")}, <Icon of={UsersRound} size={13} /> {t("asksSecond")}
    </>
  );
  const more = (
    <Link href={`/settings/members?${query}`} prefetch={false} scroll={false}>
      {all ? t("fewer") : t("all", { count: ALL.length })}
    </Link>
  );
  return (
    <Section title={t("title")} about={legend} end={more}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by the keyboard too */}
      <table className="tbl wide free tight policy-table" aria-label={t("title")} tabIndex={0}>
        <thead>
          <tr>
            <th scope="col">{t("act")}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {terms(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(all ? ALL : FIRST).map((permission) => (
            <tr key={permission}>
              <th scope="row">{t(`acts.${permission}`)}</th>
              {ROLES.map((role) => (
                <td key={role}>
                  <Allowed role={role} permission={permission} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t("seeImage")}</th>
            <td className="m2" colSpan={ROLES.length}>
              {t("nobody")}
            </td>
          </tr>
        </tbody>
      </table>
    </Section>
  );
}

function Allowed({ role, permission }: { role: Role; permission: Permission }) {
  const t = useTranslations("members.policy");
  const grant = grantOf(role, permission);
  if (grant === null)
    return (
      <span className="m">
        <span aria-hidden="true">–</span>
        <span className="vh">{t("no")}</span>
      </span>
    );
  return (
    <span className="nw">
      {asksProof(role, permission) ? (
        <>
          <Icon of={KeyRound} size={13} />
          <span className="vh">{t("asksProof")}: </span>
        </>
      ) : null}
      {asksSecondPerson(permission) ? (
        <>
          <Icon of={UsersRound} size={13} />
          <span className="vh">{t("asksSecond")}: </span>
        </>
      ) : null}
      {t(`grant.${grant}`)}
    </span>
  );
}
