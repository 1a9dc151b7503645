import { statementsAtOnce } from "#lib/statements-at-once.ts";

/** Longest list that one question holds. */
const MOST = 256;

type Waiting<Of, Answer> = {
  of: Of;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/**
 * Asks for many at once: what arrives while questions are under way, or in one turn of the event loop, goes together as
 * one list, and nothing waits longer than that. `ask` answers in the order of the list; where it throws, everybody on the
 * list hears of it.
 */
export function createGathering<Of, Answer>(
  ask: (of: readonly Of[]) => Promise<readonly Answer[]>,
): (of: Of) => Promise<Answer> {
  const waiting: Waiting<Of, Answer>[] = [];
  let underWay = 0;
  let inLast = 0;
  let isScheduled = false;

  function send(): void {
    isScheduled = false;
    while (waiting.length > 0 && underWay < statementsAtOnce(inLast)) {
      const list = waiting.splice(0, MOST);
      inLast = list.length;
      underWay += 1;
      void askFor(list).finally(() => {
        underWay -= 1;
        send();
      });
    }
  }

  async function askFor(list: readonly Waiting<Of, Answer>[]): Promise<void> {
    try {
      const answers = await ask(list.map(({ of }) => of));
      for (const [place, { resolve }] of list.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      for (const { reject } of list) reject(error);
    }
  }

  return (of) =>
    new Promise((resolve, reject) => {
      waiting.push({ of, resolve, reject });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(send);
    });
}
