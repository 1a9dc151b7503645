import { type ParseArgsConfig, parseArgs } from "node:util";
import { z } from "zod";

/** What cannot be done, said so that the reader knows what to do instead. */
export class CannotSeed extends Error {
  override readonly name = "CannotSeed";
}

/** A whole number as it is written behind a command; `usual` where it is not written. */
export const whole = (what: string, low: number, high: number, usual: number) =>
  z.coerce
    .number({ error: `is no number. Write ${what} from ${low} to ${high}.` })
    .int({ error: `is no whole number. Write ${what} from ${low} to ${high}.` })
    .min(low, { error: `is too small. Write ${what} from ${low} to ${high}.` })
    .max(high, { error: `is too large. Write ${what} from ${low} to ${high}.` })
    .default(usual);

const A_MOMENT = "Write one that is past, like 2026-11-27T12:00:00Z.";

const schemaAt = (now: Date) =>
  z.object({
    people: whole("a number of people", 10, 200_000, 2000),
    days: whole("a number of days", 1, 390, 60),
    seed: whole("a number", 0, 0x7fff_ffff, 1),
    until: z.coerce
      .date({ error: `is no moment. ${A_MOMENT}` })
      .max(now, { error: `lies in the future. ${A_MOMENT}` })
      .default(now),
    "beside-real-data": z.boolean().default(false),
    remove: z.boolean().default(false),
  });

export type SeedArguments = z.output<ReturnType<typeof schemaAt>>;

const USAGE = `npm run seed -- [--people 2000] [--days 60] [--seed 1] [--until 2026-11-27T12:00:00Z] [--beside-real-data]
npm run seed -- --remove`;

/**
 * Reads what was written behind `npm run seed --`; the history ends now unless told otherwise.
 * @throws CannotSeed with every bad argument at once.
 */
export function readArguments(args: readonly string[], now: Date): SeedArguments {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    people: text,
    days: text,
    seed: text,
    until: text,
    "beside-real-data": flag,
    remove: flag,
  };
  return parseArguments(args, options, schemaAt(now), USAGE);
}

/**
 * Reads the arguments of a command by its schema.
 * @throws CannotSeed with every bad argument at once, and the usage.
 */
export function parseArguments<Schema extends z.ZodType>(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>,
  schema: Schema,
  usage: string,
): z.output<Schema> {
  const result = schema.safeParse(split(args, options, usage));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  --${path.join(".")} ${message}`);
  throw new CannotSeed(`These arguments cannot be used:\n${problems.join("\n")}\n\n${usage}`);
}

function split(args: readonly string[], options: NonNullable<ParseArgsConfig["options"]>, usage: string) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const said = error instanceof Error ? error.message.split(". ")[0] : "They cannot be read";
    throw new CannotSeed(`${said}.\n\n${usage}`, { cause: error });
  }
}
