import { log } from "#lib/log.ts";

/**
 * Bytes as the body of an answer: asks for the next piece only when the reader can take it, and lets the generator end
 * when the reader leaves, or takes nothing for longer than `stallMs`.
 */
export function streamBytes(
  bytes: AsyncGenerator<Uint8Array, void>,
  { what, stallMs }: { what: string; stallMs: number },
): ReadableStream<Uint8Array> {
  let stall: NodeJS.Timeout | undefined;
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(stall);
      try {
        const next = await bytes.next();
        if (next.done) return controller.close();
        controller.enqueue(next.value);
        stall = setTimeout(() => {
          controller.error(new Error("The reader stopped reading."));
          void end();
        }, stallMs);
      } catch (err) {
        log.error({ err, what }, "a file that was sent broke off");
        controller.error(err);
      }
    },
    async cancel() {
      clearTimeout(stall);
      await end();
    },
  });

  async function end(): Promise<void> {
    await bytes.return().catch((err) => log.error({ err, what }, "the end of a file was not written down"));
  }
}
