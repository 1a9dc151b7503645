import "server-only";
import { memberKeyOf } from "#lib/auth/member-seal.ts";
import { consoleSettings } from "./runtime.ts";

let key: Uint8Array | undefined;

/** The key of what members prove themselves with: derived once, in this process alone. */
export function consoleMemberKey(): Uint8Array {
  key ??= memberKeyOf(consoleSettings().memberSecret);
  return key;
}
