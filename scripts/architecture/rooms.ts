import { posix } from "node:path";
import { isTest, type Refusal, type Rule, type Source } from "./source.ts";

/** What each room may import. One way only; a room not named here may import anything of ours. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  // Queries know no session: what a page shows comes through a loader, which asks who may see it.
  app: /^(app\/|components\/|lib\/(?![^/]+\/queries\.ts$))/,
  components:
    /^(components\/|lib\/(format|i18n|feedback)\/|lib\/[^/]+\/(types|schema|rules)\.ts$|lib\/(errors|clock)\.ts$)/,
  lib: /^(lib|db)\//,
  db: /^(db\/|lib\/[^/]+\/(types|schema)\.ts$)/,
  gateway: /^(gateway|lib|db)\//,
  worker: /^(worker|lib|db)\//,
  client: /^client\//,
  sandbox: /^(sandbox\/|lib\/multibiometrics\/schema\.ts$)/,
  // The simulation tells the sandbox its faults by HTTP; what they may be is a type of the sandbox's.
  scripts: /^((scripts|lib|db)\/|sandbox\/faults\.ts$)/,
};

const REASONS: Readonly<Record<string, { why: string; instead: string }>> = {
  app: {
    why: "a page reads the URL, loads, composes and renders; it knows no table",
    instead: "a loader or a verb in lib/<domain>/",
  },
  components: {
    why: "components are look and feel: no session, no database, no action",
    instead: "load it in the page and hand it down as props; types, schemas and rules may be imported",
  },
  lib: {
    why: "what the product knows is shared by console, gateway and worker and depends on none of them",
    instead: "move what is needed into lib/<domain>/",
  },
  db: {
    why: "tables know the words of a domain (types.ts, schema.ts) and nothing of what is done with them",
    instead: "lib/<domain>/queries.ts, or a verb",
  },
  gateway: {
    why: "login must not depend on the console",
    instead: "what both need belongs in lib/<domain>/",
  },
  worker: {
    why: "jobs outlive the console and the gateway",
    instead: "what both need belongs in lib/<domain>/",
  },
  client: {
    why: "it is handed to other companies' programs, which have nothing of ours beside it",
    instead: "types come from client/contract.ts, which a test writes from the gateway's contract",
  },
  sandbox: {
    why: "it stands in for a service that knows nothing of us",
    instead: "only lib/multibiometrics/schema.ts is shared: it is the service's own contract",
  },
  scripts: { why: "the start command runs the parts as processes of their own", instead: "lib/ or scripts/" },
};

const roomOf = (path: string): string => path.split("/")[0] ?? "";

/** The imported file from the project's folder; undefined for a package. */
export function resolveOwn(source: Source, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(source.path), specifier);
  return undefined;
}

/** Imports go one way: app, components, lib, db; nothing imports app, gateway, worker or sandbox. */
export const keepDirection: Rule = (source) => {
  const room = roomOf(source.path);
  const allowed = ALLOWED[room];
  const reason = REASONS[room];
  if (!allowed || !reason || isTest(source.path)) return [];
  return source.imports.flatMap(({ specifier, line }): Refusal[] => {
    const target = resolveOwn(source, specifier);
    if (!target || allowed.test(target)) return [];
    return [{ path: source.path, line, what: `${room} imports ${target}`, ...reason }];
  });
};

/** A domain of lib is a room of its own; what lies directly in lib belongs to lib. */
function folderOf(path: string): string {
  const [room = "", domain = "", ...rest] = path.split("/");
  return room === "lib" && rest.length > 0 ? `${room}/${domain}` : room;
}

/** Across rooms by `#room/…` with the file's ending, so that it resolves the same in Next, Node.js and tests. */
export const nameRooms: Rule = (source) =>
  source.imports.flatMap(({ specifier, line }): Refusal[] => {
    const target = resolveOwn(source, specifier);
    if (!target) return [];
    const leaves = specifier.startsWith(".") && folderOf(target) !== folderOf(source.path);
    const bare = !/\.[a-z]+$/.test(target);
    if (!leaves && !bare) return [];
    return [
      {
        path: source.path,
        line,
        what: `imports "${specifier}"`,
        why: leaves
          ? "a path of dots hides that another room is entered"
          : "without its ending plain Node.js does not find it",
        instead: leaves ? `"#${target}"` : "the same with .ts or .tsx",
      },
    ];
  });
