import { type Door, type DoorKind, findDoors } from "./doors.ts";
import { OPEN_DOORS } from "./open-doors.ts";
import type { Refusal, Source } from "./source.ts";

const TEXTS: Record<DoorKind, Pick<Refusal, "what" | "why" | "instead">> = {
  page: {
    what: "a page that asks for no permission",
    why: "who may open it could be read nowhere, and no test would try it as each role",
    instead:
      'call a loader of lib/<domain>/loaders.ts whose first line is: const viewer = await requireViewer("<entity.verb of lib/auth/policy.ts>"); a page for everybody goes into scripts/architecture/open-doors.ts with its reason',
  },
  route: {
    what: "a route that asks for no permission",
    why: "it can be called directly, whatever page shows its link",
    instead:
      'call a loader of lib/<domain>/loaders.ts whose first line is: await requireCaller("<entity.verb of lib/auth/policy.ts>"); a route for everybody goes into scripts/architecture/open-doors.ts with its reason',
  },
  action: {
    what: "an action whose permission cannot be read here",
    why: "the policy decides by it, and the tests try each action by it as each role",
    instead:
      'permission: "<entity.verb of lib/auth/policy.ts>" as a plain text inside defineAction({ … }); a new one first gets its row in POLICY',
  },
  loader: {
    what: "a loader that does something before it asks who may",
    why: "what a page shows is guarded by its loader alone: not by the layout, not by proxy.ts",
    instead:
      'first line: const viewer = await requireViewer("<entity.verb of lib/auth/policy.ts>"), for a route requireCaller; one that anybody may call goes into scripts/architecture/open-doors.ts with its reason',
  },
};

/** How a door is named in the list of open ones. An action never is: everything in it changes something or finds people. */
const keyOf = ({ kind, path, name }: Door): string => (kind === "loader" ? `${path}#${name}` : path);

/**
 * Every page, route, action and loader says in one place a machine can read what it takes to pass, or stands in the list
 * of those that are open, with its reason. That list holds nothing else.
 */
export function guardDoors(
  sources: ReadonlyMap<string, Source>,
  openDoors: Readonly<Record<string, string>> = OPEN_DOORS,
): Refusal[] {
  const doors = findDoors(sources);
  const isOpen = (door: Door) => door.kind !== "action" && keyOf(door) in openDoors;
  const unguarded = doors
    .filter((door) => door.permissions.length === 0 && !isOpen(door))
    .map(({ kind, path, line }) => ({ path, line, ...TEXTS[kind] }));
  const open = new Set(doors.filter((door) => door.permissions.length === 0).map(keyOf));
  const stale = Object.keys(openDoors)
    .filter((key) => !open.has(key))
    .map((key) => ({
      path: "scripts/architecture/open-doors.ts",
      line: 1,
      what: `says that ${key} is open, which is gone or asks for a permission`,
      why: "the next one of that name would be open without anybody deciding it",
      instead: "take the line out",
    }));
  return [...unguarded, ...stale];
}
