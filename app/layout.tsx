import "#components/ui/styles/index.css";
import type { Metadata } from "next";
import localFont from "next/font/local";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { chosenTheme } from "#lib/console/theme.ts";

// Asked for with the page and used only if there at once ("optional"): text never moves because a font came late.
const sans = localFont({
  src: "../node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2",
  weight: "100 700",
  display: "optional",
  variable: "--plex-sans",
});
const mono = localFont({
  src: "../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2",
  weight: "400",
  display: "optional",
  variable: "--plex-mono",
});

export const metadata: Metadata = {
  title: { template: "%s · Gatehouse", default: "Gatehouse" },
  robots: { index: false },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  return (
    <html
      lang={await getLocale()}
      className={`${sans.variable} ${mono.variable}`}
      data-theme={theme === "system" ? undefined : theme}
    >
      <body>
        <ClientMessages rooms={[]}>{children}</ClientMessages>
      </body>
    </html>
  );
}
