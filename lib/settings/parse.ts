import { readFileSync } from "node:fs";
import { z } from "zod";

/** The variables of a process; the only form in which settings reach Gatehouse. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used; the message is one list of variable, what is wrong and what to write. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
    super(`These settings cannot be used:\n${lines.join("\n")}`);
  }
}

export type SettingProblem = { readonly variable: string; readonly problem: string };

/** Secrets may lie in files, the way container platforms hand them over: X_FILE names the file that holds X. */
function withFiles(env: Environment, names: readonly string[], problems: SettingProblem[]): Environment {
  const values: Record<string, string | undefined> = {};
  for (const name of names) {
    const file = env[`${name}_FILE`];
    values[name] = env[name] === "" ? undefined : env[name];
    if (file === undefined || file === "" || values[name] !== undefined) continue;
    try {
      values[name] = readFileSync(file, "utf8").trim();
    } catch {
      problems.push({
        variable: `${name}_FILE`,
        problem: "names a file that cannot be read. Write its path.",
      });
    }
  }
  return values;
}

/**
 * Reads the variables named by the shape, all problems collected before it gives up.
 * @throws SettingsError with every bad setting at once.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment,
  together: readonly (readonly string[])[] = [],
): z.output<z.ZodObject<Shape>> {
  const problems: SettingProblem[] = [];
  const values = withFiles(env, Object.keys(shape), problems);
  for (const group of together) {
    const missing = group.filter((name) => values[name] === undefined);
    if (missing.length === 0 || missing.length === group.length) continue;
    const others = group.filter((name) => values[name] !== undefined).join(" and ");
    const problem = `is missing while ${others} is set. Write all of them, or none for the embedded part.`;
    problems.push(...missing.map((variable) => ({ variable, problem })));
  }
  const result = z.object(shape).safeParse(values);
  for (const issue of result.error?.issues ?? []) {
    const variable = String(issue.path[0]);
    if (problems.every((known) => known.variable !== variable && known.variable !== `${variable}_FILE`)) {
      problems.push({ variable, problem: issue.message });
    }
  }
  if (!result.success || problems.length > 0) throw new SettingsError(problems);
  return result.data;
}
