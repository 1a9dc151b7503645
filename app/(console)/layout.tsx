import type { ReactNode } from "react";
import { ROOMS, type RoomName } from "#components/layout/rooms.ts";
import { SessionWatch } from "#components/layout/session-watch.tsx";
import { Shell } from "#components/layout/shell.tsx";
import { StepUpProvider } from "#components/proof/step-up.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { ToastProvider } from "#components/ui/toast.tsx";
import { grantOf, type Permission } from "#lib/auth/policy.ts";
import { findViewer } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { chosenTheme } from "#lib/console/theme.ts";
import { loadOpenCount } from "#lib/inbox/loaders.ts";
import { loadExposure } from "#lib/service-health/loaders.ts";
import { SampleStrip } from "./_components/sample-strip.tsx";
import { SignOut } from "./_components/sign-out.tsx";
import { offerCodeAppAction, proveAction, setUpCodeAppAction, stayAction } from "./account/actions.ts";
import { signOutAction } from "./actions.ts";
import { listPages } from "./list-pages.ts";
import { searchPeopleAction, settleSearchAction } from "./people/actions.ts";
import { haltAction, releaseHaltAction } from "./rollout/actions.ts";
import { SETTINGS_PERMISSIONS } from "./settings/permissions.ts";

const SEARCH = { search: searchPeopleAction, settle: settleSearchAction };
const SET_UP = { prove: proveAction, offer: offerCodeAppAction, confirm: setUpCodeAppAction };

/** A room is shown to whoever may read any part of it. */
const ROOM_PERMISSIONS: Record<RoomName, readonly Permission[]> = {
  overview: ["overview.read"],
  verifications: ["verifications.read"],
  fallback: ["fallback.read"],
  serviceHealth: ["service_health.read"],
  people: ["people.search"],
  requests: ["request.read"],
  rollout: ["rollout.read"],
  integration: ["integration.read"],
  audit: ["audit.read"],
  settings: Object.values(SETTINGS_PERMISSIONS),
};

/** Draws the shell for whoever is signed in. It guards nothing: each page's loader does. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const found = await findViewer();
  if (!found.ok) return children;
  const { name, role } = found.viewer;
  const openRooms = ROOMS.map((room) => room.name).filter((room) =>
    ROOM_PERMISSIONS[room].some((permission) => grantOf(role, permission)),
  );
  return (
    <ClientMessages rooms={["shell", "proof", "errors"]}>
      <ToastProvider>
        <StepUpProvider acts={SET_UP} signOnName={consoleSettings().oidc?.name ?? ""}>
          <Shell
            member={{ name, role }}
            openRooms={openRooms}
            openRequests={await loadOpenCount(role)}
            exposure={await loadExposure()}
            halt={{
              halt: grantOf(role, "rollout.halt") === null ? null : haltAction,
              release: grantOf(role, "rollout.release_halt") === null ? null : releaseHaltAction,
            }}
            theme={await chosenTheme()}
            palette={{
              pages: await listPages(openRooms, role),
              people: openRooms.includes("people") ? SEARCH : null,
              findsRequests: openRooms.includes("requests"),
            }}
            signOut={<SignOut />}
            above={<SampleStrip role={role} />}
          >
            {children}
          </Shell>
          <SessionWatch stay={stayAction} signOut={signOutAction} />
        </StepUpProvider>
      </ToastProvider>
    </ClientMessages>
  );
}
