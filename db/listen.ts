import type { Sql } from "postgres";

const RETRY_MS = 1_000;

type Ears = {
  /** Also, without a word, when listening begins, or begins again after an outage: what was said meanwhile was not heard. */
  onWord(channel: string, word: string): void;
  onTrouble(error: unknown): void;
};

/** Listens as soon as the database answers and resumes by itself; returns what stops the trying. Ending the pool ends it. */
export function listenForEver(
  sql: Sql,
  channels: readonly string[],
  { onWord, onTrouble }: Ears,
): () => void {
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  async function start(): Promise<void> {
    try {
      for (const channel of channels) {
        await sql.listen(
          channel,
          (word) => onWord(channel, word),
          () => onWord(channel, ""),
        );
      }
    } catch (error) {
      if (closed) return;
      onTrouble(error);
      retry = setTimeout(start, RETRY_MS);
      retry.unref();
    }
  }
  void start();
  return () => {
    closed = true;
    clearTimeout(retry);
  };
}
