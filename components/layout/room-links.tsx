"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { OnTheWay } from "#components/ui/on-the-way.tsx";
import { isInRoom, ROOM_GROUPS, ROOMS, type RoomName } from "./rooms.ts";

type LinksProps = { open: readonly RoomName[] };

/** The sidebar's links in their groups; a role sees only what it may open. */
export function SideLinks({ open, openRequests }: LinksProps & { openRequests: number | null }) {
  const t = useTranslations("shell");
  return ROOM_GROUPS.map((group) => {
    const links = ROOMS.filter((room) => room.group === group && open.includes(room.name));
    if (links.length === 0) return null;
    return (
      <div className="nav" key={group}>
        <span>{t(group)}</span>
        {links.map((room) => (
          <RoomLink
            key={room.name}
            room={room}
            size={16}
            count={room.name === "requests" ? openRequests : null}
          />
        ))}
      </div>
    );
  });
}

/** More tabs than these do not fit at the foot of a phone, with the account beside them. */
const TABS_SHOWN = 4;
const MORE_ID = "more-rooms";

/** The tabs at the foot of a phone: the first rooms, and a menu of the others. */
export function BottomLinks({ open }: LinksProps) {
  const t = useTranslations("shell");
  const rooms = ROOMS.filter((room) => open.includes(room.name));
  const shown = rooms.length > TABS_SHOWN ? rooms.slice(0, TABS_SHOWN - 1) : rooms;
  const others = rooms.slice(shown.length);
  return (
    <>
      {shown.map((room) => (
        <RoomLink key={room.name} room={room} size={18} count={null} />
      ))}
      {others.length === 0 ? null : <MoreRooms rooms={others} text={t("more")} />}
    </>
  );
}

function MoreRooms({ rooms, text }: { rooms: typeof ROOMS; text: string }) {
  const path = usePathname();
  const holdsCurrent = rooms.some((room) => isInRoom(path, room.href));
  return (
    <>
      <button type="button" popoverTarget={MORE_ID} className={holdsCurrent ? "current" : undefined}>
        <Icon of={Ellipsis} size={18} />
        {text}
      </button>
      {/* Closed by every way out of it, a chosen room included: the page that opens draws it anew. */}
      <div key={path} id={MORE_ID} popover="auto" className="menu more-rooms">
        {rooms.map((room) => (
          <RoomLink key={room.name} room={room} size={16} count={null} />
        ))}
      </div>
    </>
  );
}

type RoomLinkProps = { room: (typeof ROOMS)[number]; size: number; count: number | null };

function RoomLink({ room, size, count }: RoomLinkProps) {
  const t = useTranslations("shell");
  const format = useFormatter();
  const current = isInRoom(usePathname(), room.href);
  return (
    <Link href={room.href} prefetch={false} aria-current={current ? "page" : undefined}>
      <Icon of={room.icon} size={size} />
      {t(`rooms.${room.name}`)}
      {count === null ? null : (
        <span className="n" title={t("openRequests", { count })}>
          {format.number(count)}
        </span>
      )}
      <OnTheWay />
    </Link>
  );
}
