import { z } from "zod";
import { startSandbox } from "./server.ts";
import { sandboxSettings } from "./settings.ts";

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(4100),
  MULTIBIOMETRICS_API_KEY: z.string().min(1),
  MULTIBIOMETRICS_QUALITY_API_KEY: z.string().min(1).optional(),
  SANDBOX_DATA_DIR: z.string().min(1),
  /** A JSON object of the settings in `settings.ts` that differ from the defaults. */
  SANDBOX_SETTINGS: z.string().default("{}"),
});

function refuse(line: string): never {
  process.stderr.write(`sandbox: ${line}\n`);
  process.exit(1);
}

function readEnvironment() {
  if (process.env.NODE_ENV === "production" && process.env.SANDBOX_ALLOW_PRODUCTION !== "1") {
    refuse(
      "this stand-in for the Multibiometrics API must not answer real logins, so it does not start with NODE_ENV=production (SANDBOX_ALLOW_PRODUCTION=1 overrules this)",
    );
  }
  const read = environment.safeParse(process.env);
  if (!read.success) {
    const names = read.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`);
    refuse(`these environment variables are missing or wrong: ${names.join("; ")}`);
  }
  return read.data;
}

function readSettings(text: string) {
  try {
    return sandboxSettings.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll("\n", " ") : "it is not JSON";
    refuse(`SANDBOX_SETTINGS cannot be used: ${why}`);
  }
}

function sayWhy(error: unknown, port: number): string {
  const inUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (inUse) return `port ${port} is in use; stop what holds it or set SANDBOX_PORT to another`;
  return `did not start: ${error instanceof Error ? error.message : String(error)}`;
}

const env = readEnvironment();
const sandbox = await startSandbox({
  port: env.SANDBOX_PORT,
  apiKey: env.MULTIBIOMETRICS_API_KEY,
  ...(env.MULTIBIOMETRICS_QUALITY_API_KEY === undefined
    ? {}
    : { qualityApiKey: env.MULTIBIOMETRICS_QUALITY_API_KEY }),
  dataDir: env.SANDBOX_DATA_DIR,
  settings: readSettings(env.SANDBOX_SETTINGS),
}).catch((error: unknown) => refuse(sayWhy(error, env.SANDBOX_PORT)));

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await sandbox.close();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

process.stdout.write(
  `sandbox: listening on ${sandbox.url}, face model loaded in ${sandbox.modelLoadMs} ms\n`,
);
process.send?.("ready");
