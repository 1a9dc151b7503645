import type { Log } from "#lib/log.ts";
import { haltingVersion, type RolloutIntent } from "#lib/rollout/schema.ts";

/** The intent as it was last read, and a halt as soon as it is heard: a busy gateway would take its time to read it. */
export type KnownIntent = {
  now(): RolloutIntent | null;
  /** A read begins: what was heard before it is in it. */
  beginRead(): void;
  /** Takes what was read, unless a halt was heard meanwhile, as it may be from before that; answers whether it is new. */
  take(read: RolloutIntent | null): boolean;
  /** Obeys a halt on its word; answers whether it is one that was not known. */
  hear(word: string): boolean;
};

export function createKnownIntent(log: Pick<Log, "info">): KnownIntent {
  let intent: RolloutIntent | null = null;
  let hasUnreadHalt = false;

  function put(next: RolloutIntent | null): boolean {
    const isNew = next !== null && next.version !== intent?.version;
    if (isNew) log.info({ intent: next }, "The rollout's intent is in force");
    intent = next;
    return isNew;
  }

  return {
    now: () => intent,
    beginRead() {
      hasUnreadHalt = false;
    },
    take: (read) => !hasUnreadHalt && put(read),
    hear(word) {
      const version = haltingVersion(word);
      if (version === null || intent === null || version <= intent.version) return false;
      hasUnreadHalt = true;
      return put({ ...intent, halted: true, version });
    },
  };
}
