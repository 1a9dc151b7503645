/** The start and test commands' own voice: plain lines on standard output, and nothing else prints. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

export function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Without a terminal at the other end (closed, or `| head`) Gatehouse goes on; it only speaks to nobody. */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
