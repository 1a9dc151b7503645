import { redirect } from "next/navigation";
import { findViewer, requireViewer } from "#lib/auth/viewer.ts";
import { openSettingsTabs } from "./permissions.ts";

/** Leads to the first part of the settings that the viewer may open; who may open none is refused by its guard. */
export default async function SettingsPage() {
  const found = await findViewer();
  const [first] = found.ok ? openSettingsTabs(found.viewer.role) : [];
  if (first) redirect(`/settings/${first}`);
  await requireViewer("applications.read");
}
