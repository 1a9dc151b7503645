import type { KeyName, KeyState } from "./types.ts";

export type RingKey = { name: KeyName; value: string };

/** One or two keys of the same package, of which one is used and the other stands by. */
export type KeyRing = {
  current(): RingKey;
  /** The key to try when this one is refused; null where there is none. */
  otherThan(name: KeyName): RingKey | null;
  /** What a call with this key taught: that the service refuses it, or that it went past the door with it. */
  learn(name: KeyName, isRefused: boolean): void;
  state(): KeyState;
};

/**
 * Makes the keys of one package. The primary is used until it is refused; a key that is then let in is used from there
 * on, until it is refused in its turn. So a key can be replaced at the service while calls go on. `onChange` hears of
 * every refusal and every change, by the names of keys alone.
 */
export function createKeyRing(
  keys: { primary: string; secondary?: string | undefined },
  onChange: (state: KeyState) => void,
): KeyRing {
  const secondary = keys.secondary === keys.primary ? undefined : keys.secondary;
  const ring: RingKey[] = [{ name: "primary", value: keys.primary }];
  if (secondary !== undefined) ring.push({ name: "secondary", value: secondary });
  const refused = new Set<KeyName>();
  let using = ring[0] as RingKey;
  const state = (): KeyState => ({ using: using.name, refused: [...refused].sort() });
  const otherThan = (name: KeyName) => ring.find((key) => key.name !== name) ?? null;
  return {
    current: () => using,
    otherThan,
    state,
    learn(name, isRefused) {
      if (isRefused) {
        if (refused.has(name)) return;
        refused.add(name);
        return onChange(state());
      }
      // An answer to a call that began before its key was refused says nothing about the key now.
      if (name !== using.name && !refused.has(using.name)) return;
      if (name === using.name && !refused.has(name)) return;
      refused.delete(name);
      using = ring.find((key) => key.name === name) ?? using;
      onChange(state());
    },
  };
}
