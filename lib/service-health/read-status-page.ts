import { z } from "zod";

/** What a provider's status page says of itself. Statuspage tells in JSON; any other page can only be linked to. */
export type StatusPage =
  | { kind: "told"; url: string; indicator: "none" | "minor" | "major" | "critical"; said: string }
  | { kind: "link"; url: string };

const PATIENCE_MS = 2_000;
const MOST_BYTES = 100_000;
/** The form of Statuspage's `/api/v2/status.json`; https://status.atlassian.com/api has it. */
const answerSchema = z.object({
  status: z.object({
    indicator: z.enum(["none", "minor", "major", "critical"]),
    description: z.string().max(200),
  }),
});

/** Asks the provider's status page. Never throws: what cannot be read in 2 s is a link. */
export async function readStatusPage(url: string): Promise<StatusPage> {
  try {
    const address = `${url.replace(/\/+$/, "")}/api/v2/status.json`;
    const response = await fetch(address, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { accept: "application/json" },
      cache: "no-store",
    });
    const { status } = answerSchema.parse(JSON.parse(await textOf(response)));
    return { kind: "told", url, indicator: status.indicator, said: status.description };
  } catch {
    return { kind: "link", url };
  }
}

/** @throws Error for more than such an answer ever is, whatever its headers say of it. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error("The answer is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
