import { keyHeader } from "#lib/multibiometrics/schema.ts";
import type { Auth } from "./types.ts";

/** The key of the Multibiometrics API in its header. */
export const apiKeyAuth = (value: string): Auth => ({
  type: "apikey",
  apikey: [
    { key: "key", value: keyHeader, type: "string" },
    { key: "value", value, type: "string" },
    { key: "in", value: "header", type: "string" },
  ],
});
