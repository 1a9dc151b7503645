import "@fontsource-variable/ibm-plex-sans/wght.css";
import "@fontsource/ibm-plex-mono/400.css";
import "#components/ui/styles/index.css";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { pickTheme, THEME_COOKIE } from "#lib/i18n/theme.ts";

export const metadata: Metadata = {
  title: { template: "%s · Gatehouse", default: "Gatehouse" },
  robots: { index: false },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = pickTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang={await getLocale()} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <ClientMessages rooms={[]}>{children}</ClientMessages>
      </body>
    </html>
  );
}
