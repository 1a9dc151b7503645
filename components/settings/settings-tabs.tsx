import Link from "next/link";
import { useTranslations } from "next-intl";
import type { SettingsTab } from "./tabs.ts";

type SettingsTabsProps = { open: readonly SettingsTab[]; current: SettingsTab };

/** The way from one part of the settings to another; a role sees only what it may open. */
export function SettingsTabs({ open, current }: SettingsTabsProps) {
  const t = useTranslations("settings.tabs");
  return (
    <nav className="tabs" aria-label={t("label")} style={{ marginTop: 14 }}>
      {open.map((tab) => (
        <Link
          key={tab}
          href={`/settings/${tab}`}
          prefetch={false}
          aria-current={tab === current ? "page" : undefined}
        >
          {t(tab)}
        </Link>
      ))}
    </nav>
  );
}
