import { say, tolerateClosedOutput } from "./supervisor/print.ts";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  say(
    `Gatehouse needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one: https://nodejs.org`,
  );
  process.exitCode = 1;
} else {
  tolerateClosedOutput();
  // Only now: an older Node.js would fail on what these files use before it could be told so.
  const { runInForeground } = await import("./supervisor/foreground.ts");
  await runInForeground({ watch: process.argv.includes("--watch") });
}
