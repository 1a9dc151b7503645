import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGathering } from "./gathering.ts";

/** Lists as they were asked, each answered when the test says so. */
function createQuestions() {
  const lists: (readonly number[])[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const gather = createGathering(async (of: readonly number[]) => {
    lists.push(of);
    const fails = await new Promise<boolean>((resolve) => ends.push(resolve));
    if (fails) throw new Error(`no answer to ${of.join()}`);
    return of.map((number) => number * 10);
  });
  return { lists, ends, gather };
}

test("what comes in one turn goes together, and each gets its own answer", async () => {
  const { lists, ends, gather } = createQuestions();
  const answers = [1, 2, 3].map(gather);
  await turn();
  ends[0]?.(false);
  expect(await Promise.all(answers)).toEqual([10, 20, 30]);
  expect(lists).toEqual([[1, 2, 3]]);
});

test("two lists are under way while the next one gathers, at most 256 long", async () => {
  const { lists, ends, gather } = createQuestions();
  const answers: Promise<number>[] = [];
  for (const first of [1, 2, 3, 4]) {
    answers.push(gather(first));
    await turn();
  }
  expect(lists).toEqual([[1], [2]]);
  answers.push(...Array.from({ length: 300 }, (_, place) => gather(5 + place)));
  await turn();
  expect(lists).toHaveLength(2);
  for (const place of [0, 1, 2, 3]) {
    ends[place]?.(false);
    await turn();
  }
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 304 }, (_, place) => (place + 1) * 10));
  expect(lists.slice(2).map(({ length }) => length)).toEqual([256, 46]);
});

test("after a long list the next one gathers until it is answered, and after a short one not", async () => {
  const { lists, ends, gather } = createQuestions();
  const answers = [1, 2, 3, 4, 5].map(gather);
  await turn();
  answers.push(gather(6));
  await turn();
  answers.push(gather(7));
  await turn();
  expect(lists).toEqual([[1, 2, 3, 4, 5]]);
  ends[0]?.(false);
  await turn();
  answers.push(gather(8));
  await turn();
  expect(lists.slice(1)).toEqual([[6, 7], [8]]);
  for (const end of ends) end(false);
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
});

test("a list that fails fails for everybody on it and for nobody else", async () => {
  const { ends, gather } = createQuestions();
  const failing = [1, 2].map(gather);
  await turn();
  const going = gather(3);
  await turn();
  ends[0]?.(true);
  ends[1]?.(false);
  for (const one of failing) await expect(one).rejects.toThrow("no answer to 1,2");
  expect(await going).toBe(30);
});
