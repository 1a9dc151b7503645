import { Lock, type LucideIcon, Split, Users, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Holders } from "#lib/members/types.ts";
import { EndOtherSessions } from "./access-acts.tsx";
import type { MemberActs } from "./types.ts";

type RuleProps = { icon: LucideIcon; tone?: "ok" | "warn"; why: ReactNode; children: ReactNode };

function Rule({ icon, tone = "ok", why, children }: RuleProps) {
  return (
    <li>
      <Icon of={icon} tone={tone} />
      <span>{children}</span>
      <small>{why}</small>
    </li>
  );
}

/** The rules that nobody here can put out of force, with how they stand. */
export function WhatHolds({ holders }: { holders: Holders }) {
  const t = useTranslations("members.holds");
  const { administrator, compliance_officer: officers } = holders;
  const approvers = administrator + officers;
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        <Rule
          icon={Users}
          tone={approvers < 2 ? "warn" : "ok"}
          why={t(approvers < 2 ? "approversMissing" : "approversWhy", { approvers })}
        >
          {t("approvers")}
        </Rule>
        <Rule icon={Lock} why={t("lastWhy", { administrators: administrator, officers })}>
          {t("last")}
        </Rule>
        <Rule icon={Split} why={t("neverBothWhy")}>
          {t("neverBoth")}
        </Rule>
        <Rule icon={UserX} why={t("endsWhy")}>
          {t("ends")}
        </Rule>
      </ul>
    </RailSection>
  );
}

/** How many sessions are open, and the way to end all but one's own. */
export function OpenSessions({ open, acts }: { open: number; acts: MemberActs }) {
  const t = useTranslations("members.sessions");
  // Whoever reads this holds one of them.
  const others = Math.max(0, open - 1);
  return (
    <RailSection title={t("title")} about={t("open", { open })}>
      <p className="m2">
        {t("text")}{" "}
        {others === 0 ? null : <EndOtherSessions endOtherSessions={acts.endOtherSessions} others={others} />}
      </p>
    </RailSection>
  );
}
