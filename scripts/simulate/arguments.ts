import { z } from "zod";
import { parseArguments, whole } from "../seed/arguments.ts";
import { SCENARIOS } from "./scenarios.ts";

const schema = z.object({
  scenario: z
    .enum(SCENARIOS, { error: `is none. Write one of ${SCENARIOS.join(", ")}.` })
    .default("harmless"),
  "logins-per-minute": whole("a number of logins", 30, 6000, 1200),
  speed: whole("how many times faster than in earnest", 1, 5000, 1440),
  seed: whole("a number", 0, 0x7fff_ffff, 1),
  people: whole("a number of people", 200, 50_000, 5000),
  minutes: whole("a number of minutes", 1, 600, 20),
  approve: z.boolean().default(false),
  own: z.boolean().default(false),
  "beside-real-data": z.boolean().default(false),
});

export type SimulationArguments = z.output<typeof schema>;

const USAGE = `npm run simulate -- [--scenario ${SCENARIOS.join("|")}] [--logins-per-minute 1200] [--speed 1440]
  [--people 5000] [--seed 1] [--approve] [--minutes 20] [--own] [--beside-real-data]

--approve advances where the rule asks for a person, as a product manager. --speed 1440 lets a day of the plan pass in a
minute. --minutes is how long it waits at most. --own starts an installation of its own and removes it afterwards.`;

/**
 * Reads what was written behind `npm run simulate --`.
 * @throws CannotSeed with every bad argument at once.
 */
export function readArguments(args: readonly string[]): SimulationArguments {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const numbers = { "logins-per-minute": text, speed: text, seed: text, people: text, minutes: text };
  const flags = { approve: flag, own: flag, "beside-real-data": flag };
  return parseArguments(args, { scenario: text, ...numbers, ...flags }, schema, USAGE);
}
