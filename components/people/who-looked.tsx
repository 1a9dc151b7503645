import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { iconOf } from "#components/audit/act-look.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { isAuditAction } from "#lib/audit-log/rules.ts";
import type { Look } from "#lib/audit-log/types.ts";

type WhoLookedProps = {
  rows: readonly Look[];
  hasMore: boolean;
  /** All of it in the audit log; null for those who may not read the whole log. */
  allHref: string | null;
};

/** Who of the staff looked at the person or did something about them, as the audit log has it. */
export function WhoLooked({ rows, hasMore, allHref }: WhoLookedProps) {
  const t = useTranslations("people.person.looked");
  const acts = useTranslations("audit.act");
  const format = useFormatter();
  const end =
    allHref === null ? (
      hasMore ? (
        t("more", { count: rows.length })
      ) : undefined
    ) : (
      <Link href={allHref} prefetch={false}>
        {t("all")}
      </Link>
    );
  return (
    <Section title={t("title")} about={t("about")} {...(end === undefined ? {} : { end })}>
      {rows.length === 0 ? <p className="m2">{t("nobody")}</p> : null}
      <ul className="tl">
        {rows.map(({ id, at, action, who }) => (
          <li key={id}>
            <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
              {format.dateTime(at, "minute")}
            </time>
            <span className="pt">
              <Icon of={iconOf(action)} />
            </span>
            <span>{isAuditAction(action) ? acts(action) : action}</span>
            <span className="who">{who ?? t("formerMember")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
