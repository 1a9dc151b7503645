import { getTranslations } from "next-intl/server";
import type { PalettePage } from "#components/layout/palette-options.ts";
import { ROOMS, type RoomName } from "#components/layout/rooms.ts";
import type { Role } from "#lib/members/schema.ts";
import { openSettingsTabs } from "./settings/permissions.ts";

/** The pages a role may open, by the names they bear in the sidebar; the settings by their parts. */
export async function listPages(openRooms: readonly RoomName[], role: Role): Promise<PalettePage[]> {
  const shell = await getTranslations("shell");
  const tabs = await getTranslations("settings.tabs");
  const rooms = ROOMS.filter(({ name }) => name !== "settings" && openRooms.includes(name));
  return [
    ...rooms.map(({ href, name }) => ({ href, name: shell(`rooms.${name}`) })),
    ...openSettingsTabs(role).map((tab) => ({
      href: `/settings/${tab}`,
      name: shell("palette.settings", { tab: tabs(tab) }),
    })),
    { href: "/account", name: shell("account.page") },
  ];
}
