import {
  Activity,
  CornerDownLeft,
  HeartPulse,
  Inbox,
  type LucideIcon,
  Milestone,
  Plug,
  ScanFace,
  ScrollText,
  Search,
  SlidersHorizontal,
} from "lucide-react";

export const ROOM_GROUPS = ["watch", "people", "change", "govern"] as const;

export type RoomName =
  | "overview"
  | "verifications"
  | "fallback"
  | "serviceHealth"
  | "people"
  | "requests"
  | "rollout"
  | "integration"
  | "audit"
  | "settings";

type RoomEntry = { name: RoomName; href: string; icon: LucideIcon; group: (typeof ROOM_GROUPS)[number] };

/**
 * Links inside the console carry `prefetch={false}`: pages are made anew for each reader, and opening a person is
 * audited, so nothing is fetched before somebody asks for it.
 */

/** The rooms of the console in the order of the sidebar. Only what exists is listed. */
export const ROOMS: readonly RoomEntry[] = [
  { name: "overview", href: "/", icon: Activity, group: "watch" },
  { name: "verifications", href: "/verifications", icon: ScanFace, group: "watch" },
  { name: "fallback", href: "/fallback", icon: CornerDownLeft, group: "watch" },
  { name: "serviceHealth", href: "/service-health", icon: HeartPulse, group: "watch" },
  { name: "people", href: "/people", icon: Search, group: "people" },
  { name: "requests", href: "/requests", icon: Inbox, group: "people" },
  { name: "rollout", href: "/rollout", icon: Milestone, group: "change" },
  { name: "integration", href: "/integration", icon: Plug, group: "change" },
  { name: "audit", href: "/audit", icon: ScrollText, group: "govern" },
  { name: "settings", href: "/settings", icon: SlidersHorizontal, group: "govern" },
];

/** Whether a page at `path` belongs to the room at `href`. */
export const isInRoom = (path: string, href: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
