import { ASSUMED, isDifferent } from "#lib/contract-checks/rules.ts";
import type { Fact, Verdict } from "#lib/contract-checks/types.ts";
import type { ObservedFact, ResultRow } from "#lib/integration-checks/types.ts";

const VERDICT_WORDS: Record<Verdict, string> = {
  pass: "pass",
  differs: "differs, handled",
  fail: "FAILS",
  not_in_plan: "not in your plan",
  not_tried: "not tried",
};

const words = (code: string): string => code.replaceAll("_", " ");

/** One line for each check: what was shown, the call, what came back, how long it took and the verdict. */
export function resultLines(results: readonly ResultRow[]): string[] {
  return results.map((result) => {
    const { checkId, verdict, findings, code, tookMs } = result;
    const because = [...findings, ...(code === null ? [] : [code])].map(words).join(", ");
    const judged = verdict === null ? "cut off" : VERDICT_WORDS[verdict];
    return [
      words(checkId).padEnd(20),
      (decisiveOf(result)?.call ?? "").padEnd(20),
      answerOf(result).slice(0, 44).padEnd(44),
      `${tookMs ?? 0} ms`.padStart(9),
      because === "" ? judged : `${judged}: ${because}`,
    ].join("  ");
  });
}

const decisiveOf = ({ exchanges, decisive }: ResultRow) =>
  decisive === null ? undefined : exchanges[decisive];

function answerOf(result: ResultRow): string {
  const decisive = decisiveOf(result);
  if (decisive === undefined) return "";
  const { status, message, answer } = decisive;
  if (status === null) return words(answer);
  return message === null ? String(status) : `${status} "${message}"`;
}

/** Where this API is another than assumed. */
export function differenceLines(observed: ReadonlyMap<Fact, ObservedFact>): string[] {
  return [...observed.values()]
    .filter(isDifferent)
    .map(({ fact, value }) => `This API: ${words(fact)} is "${value}", assumed was "${ASSUMED[fact]}".`);
}
