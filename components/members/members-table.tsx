import { Hourglass } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { KeyedTable } from "#components/data-table/keyed-table.tsx";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SecondFactorMode } from "#lib/auth/types.ts";
import { lacksFactor, troubleOfChange } from "#lib/members/rules.ts";
import type { Holders, Member } from "#lib/members/types.ts";
import { ChangeRole } from "./access-acts.tsx";
import { SendAgain } from "./link-acts.tsx";
import type { MemberActs, Stays } from "./types.ts";

const COLUMNS = [
  { name: "member" },
  { name: "role" },
  { name: "factor" },
  { name: "seen" },
  { name: "sessions", className: "num" },
  { name: "since" },
] as const satisfies readonly { name: string; className?: string }[];

type MembersTableProps = {
  members: readonly Member[];
  selectedId: string | null;
  viewerId: string;
  holders: Holders;
  secondFactor: SecondFactorMode;
  acts: MemberActs;
};

/** All members; the one that is looked at is marked, the others open. */
export function MembersTable({ members, ...rest }: MembersTableProps) {
  const t = useTranslations("members");
  return (
    <>
      <KeyedTable label={t("title")}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={"className" in column ? column.className : undefined}
              >
                {t(`columns.${column.name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="vh">{t("columns.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.id} member={member} {...rest} />
          ))}
        </tbody>
      </KeyedTable>
      <div className="only-wide">
        <p className="pager">
          <span>
            <kbd>J</kbd> <kbd>K</kbd> {t("keys.move")}
          </span>
          <span>
            <kbd>Enter</kbd> {t("keys.open")}
          </span>
          <span className="end">{t("all", { count: members.length })}</span>
        </p>
      </div>
    </>
  );
}

type MemberRowProps = Omit<MembersTableProps, "members"> & { member: Member };

function MemberRow({ member, selectedId, viewerId, holders, secondFactor, acts }: MemberRowProps) {
  const t = useTranslations("members");
  const terms = useTranslations("terms.role");
  const format = useFormatter();
  const { id, name, email, role, createdAt, lastSeenAt, openSessions } = member;
  const isSelected = id === selectedId;
  const canSignIn = member.standing === "active";
  return (
    <tr className={isSelected ? "sel" : undefined}>
      <td className="two-line">
        <Link
          className="b row-link"
          href={`/settings/members?member=${id}`}
          prefetch={false}
          scroll={false}
          aria-current={isSelected ? "true" : undefined}
        >
          {name}
        </Link>
        <small>{email}</small>
      </td>
      <td className="end-s">{terms(role)}</td>
      <td className="nw">
        <FactorStatus member={member} secondFactor={secondFactor} />
      </td>
      <td className="m2 nw">
        <span className="ph m">{t("columns.seen")} </span>
        {id === viewerId ? t("you") : lastSeenAt === null ? t("never") : <Time at={lastSeenAt} />}
      </td>
      <td className="num m2 hide-s">{format.number(openSessions)}</td>
      <td className="m2 nw hide-s">{format.dateTime(createdAt, "day")}</td>
      <td className="r nw">
        <RowAct
          member={member}
          stays={troubleOfChange({ id, role, canSignIn }, viewerId, holders)}
          acts={acts}
        />
      </td>
    </tr>
  );
}

function FactorStatus({ member, secondFactor }: Pick<MemberRowProps, "member" | "secondFactor">) {
  const t = useTranslations("members.factor");
  const { standing, secondFactor: factor } = member;
  if (standing === "disabled") return <Status kind="none">{t("disabled")}</Status>;
  if (factor !== null) return <span className="m2">{t(factor)}</span>;
  if (standing === "active" && !lacksFactor(member, secondFactor))
    return <span className="m2">{t("notAsked")}</span>;
  return (
    <Status kind="wait" icon={Hourglass}>
      {t(standing === "lapsed" ? "lapsed" : "missing")}
    </Status>
  );
}

function RowAct({ member, stays, acts }: { member: Member; stays: Stays; acts: MemberActs }) {
  const t = useTranslations("members");
  const { standing } = member;
  if (standing === "disabled") return null;
  if (standing === "invited" || standing === "lapsed")
    return <SendAgain member={member} sendAgain={acts.sendAgain} small />;
  if (stays !== null) return <span className="m small">{t(`stays.${stays}`)}</span>;
  return <ChangeRole member={member} changeRole={acts.changeRole} text={t("change")} look="quiet" small />;
}
