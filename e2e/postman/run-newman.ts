import newman from "newman";
import type { Collection, PostmanEnvironment } from "#lib/postman/types.ts";

export type Ran = {
  /** Names of the requests that were sent, in their order. */
  sent: string[];
  /** Each failed test and each broken script, with the request it belongs to. */
  failures: string[];
  /** Tests that were looked at. */
  tests: number;
};

/** Runs a collection, or one folder of it, as a developer does, with these values filled into the environment. */
export function runNewman(
  collection: Collection,
  environment: PostmanEnvironment,
  filledIn: Readonly<Record<string, string>>,
  folder?: string,
): Promise<Ran> {
  const values = environment.values.map((one) => ({ ...one, value: filledIn[one.key] ?? one.value }));
  const options = { collection, environment: { ...environment, values }, folder, timeoutRequest: 30_000 };
  return new Promise((resolve, reject) => {
    newman.run(options as unknown as newman.NewmanRunOptions, (error, summary) => {
      if (error) return reject(error);
      const { executions, failures, stats } = summary.run;
      resolve({
        sent: executions.filter(({ response }) => response !== undefined).map(({ item }) => item.name),
        failures: failures.map(({ source, error }) => `${source?.name ?? "?"}: ${error.message}`),
        tests: stats.assertions.total ?? 0,
      });
    });
  });
}
