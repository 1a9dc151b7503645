/** The parts of the settings in the order of their tabs. Only what exists is listed. */
export const SETTINGS_TABS = ["applications", "members", "policies", "retention", "notifications"] as const;

export type SettingsTab = (typeof SETTINGS_TABS)[number];
