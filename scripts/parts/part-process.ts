/** Tells the start command that this part takes requests. */
export function announceReady(): void {
  process.send?.("ready");
}

/** Ends this part when it is told to, or when the start command is gone: no part outlives it. */
export function stopWhenAsked(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", end);
  process.once("disconnect", end);
  // Part of a terminal's Ctrl-C where the part is run by hand; the start command sends SIGTERM.
  process.once("SIGINT", end);
}
