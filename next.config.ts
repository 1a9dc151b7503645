import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // What is typed into a search is an argument of an action: development must not print it.
  logging: { serverFunctions: false },
  serverExternalPackages: ["@node-rs/argon2", "pdfkit", "postgres", "pino"],
  experimental: {
    // `forbidden()`: a page that the role may not open answers 403 with its own screen.
    authInterrupts: true,
    // Room for a face and ten fingers as Base64.
    serverActions: { bodySizeLimit: "16mb" },
    proxyClientMaxBodySize: "16mb",
    // Type-checks with the project's own native compiler, which has no JavaScript interface.
    useTypeScriptCli: true,
  },
  headers: () =>
    Promise.resolve([
      // Pages show people: no copy may stay in a browser's or a proxy's cache. Built files, model weights and the icon keep
      // rules of their own.
      {
        source: "/((?!_next/static|models/|icon.svg).*)",
        headers: [{ key: "Cache-Control", value: "private, no-store" }],
      },
      // Signed out: what this browser kept of the console's pages goes. Cookies stay: of them only the session is private.
      {
        source: "/sign-in",
        has: [{ type: "query", key: "ended", value: "out" }],
        headers: [{ key: "Clear-Site-Data", value: '"cache", "storage"' }],
      },
    ]),
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
