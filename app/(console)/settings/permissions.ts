import { SETTINGS_TABS, type SettingsTab } from "#components/settings/tabs.ts";
import { grantOf, type Permission } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";

/** What each part of the settings needs to be opened. */
export const SETTINGS_PERMISSIONS: Record<SettingsTab, Permission> = {
  applications: "applications.read",
  members: "members.read",
  policies: "policies.read",
  retention: "retention.read",
  notifications: "notifications.read",
};

/** The parts of the settings a role may open, in the order of their tabs. */
export const openSettingsTabs = (role: Role): SettingsTab[] =>
  SETTINGS_TABS.filter((tab) => grantOf(role, SETTINGS_PERMISSIONS[tab]) !== null);
