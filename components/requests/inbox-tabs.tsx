import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { InboxTab } from "#lib/inbox/types.ts";

type InboxTabsProps = {
  /** With how many stand under each; null where that is not counted. */
  tabs: readonly { tab: InboxTab; count: number | null; href: string }[];
  current: InboxTab;
};

/** The parts of the inbox, each with how many stand there. */
export function InboxTabs({ tabs, current }: InboxTabsProps) {
  const t = useTranslations("requests.tabs");
  const format = useFormatter();
  return (
    <nav className="tabs inbox-tabs" aria-label={t("label")}>
      {tabs.map(({ tab, count, href }) => (
        <Link
          key={tab}
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={tab === current ? "page" : undefined}
        >
          {t(tab)} {count === null ? null : <span>{format.number(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
