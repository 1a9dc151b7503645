"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
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

/** The tabs at the foot of a phone. */
export function BottomLinks({ open }: LinksProps) {
  return ROOMS.filter((room) => open.includes(room.name)).map((room) => (
    <RoomLink key={room.name} room={room} size={18} count={null} />
  ));
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
    </Link>
  );
}
