import type { Judgement } from "./judge.ts";
import type { Lab } from "./lab.ts";
import type { CheckGroup, CheckId } from "./types.ts";

/** One thing shown about the API: a call or a short row of them, and how what came back is judged. */
export type Check = {
  id: CheckId;
  group: CheckGroup;
  /** The call it is about, as it is shown before it was made. */
  call: string;
  /** It enrols, changes or deletes somebody, or would where the API took what it should not. */
  writes: boolean;
  /** Checks that must have passed, or differed, before. */
  needs: readonly CheckId[];
  /** The most calls it makes, without those made again after a pause. */
  calls: number;
  make(lab: Lab): Promise<Judgement>;
};
