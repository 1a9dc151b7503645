export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Holds the appearance a reader chose. */
export const THEME_COOKIE = "gatehouse.theme";

/** The appearance of a request; whatever is not a choice of ours follows the system. */
export const pickTheme = (cookie: string | undefined): Theme =>
  THEMES.find((theme) => theme === cookie) ?? "system";
