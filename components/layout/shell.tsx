import { CircleUserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { Theme } from "#lib/i18n/theme.ts";
import type { Role } from "#lib/members/schema.ts";
import type { Exposure } from "#lib/service-health/types.ts";
import { ACCOUNT_MENU_ID, AccountMenu } from "./account-menu.tsx";
import { CommandPalette, type CommandPaletteProps } from "./command-palette.tsx";
import { ExposureStrip } from "./exposure-strip.tsx";
import type { HaltActs } from "./halt.tsx";
import { Mark } from "./mark.tsx";
import { BottomLinks, SideLinks } from "./room-links.tsx";
import type { RoomName } from "./rooms.ts";

type ShellProps = {
  member: { name: string; role: Role };
  openRooms: readonly RoomName[];
  /** How many are open; null where the reader may not know, or it is not known now. */
  openRequests: number | null;
  exposure: Exposure | null | undefined;
  halt: HaltActs;
  theme: Theme;
  palette: CommandPaletteProps;
  signOut: ReactNode;
  /** A line over everything, for what every page must say. */
  above: ReactNode;
  children: ReactNode;
};

/** The frame of every room: where one can go, how far login is open, who is signed in. */
export function Shell({
  member,
  openRooms,
  openRequests,
  exposure,
  halt,
  theme,
  palette,
  signOut,
  above,
  children,
}: ShellProps) {
  const t = useTranslations("shell");
  const terms = useTranslations("terms.role");
  return (
    <>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      {above}
      <div className="app">
        <nav className="side" aria-label={t("main")}>
          <Link className="brand" href="/" prefetch={false}>
            <Mark size={20} />
            Gatehouse
          </Link>
          <SideLinks open={openRooms} openRequests={openRequests} />
          <button type="button" className="who" popoverTarget={ACCOUNT_MENU_ID} title={t("account.open")}>
            <b>{member.name}</b>
            {terms(member.role)}
          </button>
        </nav>
        <header className="top">
          <Link className="only-phone brand" href="/" prefetch={false} aria-label="Gatehouse">
            <Mark size={22} />
          </Link>
          <CommandPalette {...palette} />
          <ExposureStrip exposure={exposure} halt={halt} />
        </header>
        {children}
      </div>
      <nav className="bottom" aria-label={t("main")}>
        <BottomLinks open={openRooms} />
        <button type="button" popoverTarget={ACCOUNT_MENU_ID}>
          <Icon of={CircleUserRound} size={18} />
          {t("account.tab")}
        </button>
      </nav>
      <AccountMenu name={member.name} role={member.role} theme={theme} signOut={signOut} />
    </>
  );
}
