import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { startWorld, type World } from "#e2e/gateway/start-world.ts";
import { render, sampleFace } from "#sandbox/testing/sample-faces.ts";

/** How a sample is run, without its arguments. */
export const SAMPLES = {
  typescript: [process.execPath, "--import", "tsx", "docs/samples/typescript/sample.ts"],
  python: ["python3", "docs/samples/python/sample.py"],
  java: ["java", "docs/samples/java/Sample.java"],
} as const;
export type SampleName = keyof typeof SAMPLES;

export type SampleWorld = {
  world: World;
  /** Runs a sample against an address; the lines it printed. */
  run(sample: SampleName, customId: string, pictures: string[], url?: string): Promise<string[]>;
  close(): Promise<void>;
};

/** A running gateway, and files with two pictures of one person, `own` and `again`, and one of `another`. */
export async function startSamples(): Promise<SampleWorld> {
  const world = await startWorld();
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-samples-"));
  const own = await sampleFace("A");
  const files = {
    own,
    again: await render(own, { format: "jpg", width: 320 }),
    another: await sampleFace("B"),
  };
  for (const [name, picture] of Object.entries(files)) await writeFile(join(folder, name), picture);
  return {
    world,
    run: (sample, customId, pictures, url = world.gateway.url) => {
      const [program, ...args] = SAMPLES[sample];
      const paths = pictures.map((name) => join(folder, name));
      const env = { ...process.env, GATEHOUSE_URL: url, GATEHOUSE_KEY: world.key };
      return new Promise((resolve, reject) => {
        execFile(program, [...args, customId, ...paths], { env }, (error, out) =>
          error ? reject(error) : resolve(out.trim().split("\n")),
        );
      });
    },
    async close() {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Walks a sample through every way a login can go. */
export async function walkSample({ world, run }: SampleWorld, sample: SampleName): Promise<void> {
  const id = `${sample}-1`;
  const password = `${id} logs in with the password`;
  const knows = "the gateway knows how it ended";
  const [approved, used] = [
    await run(sample, id, ["own", "another", "again"]),
    await run(sample, id, ["own", "another", "another", "another"]),
  ];
  expect(approved.at(-1)).toBe("IN");
  expect(approved).not.toContain(password);
  expect(used.slice(-3)).toEqual([password, knows, "IN"]);
  const [left] = await world.db.sql`select outcome from login_outcomes order by at desc limit 1`;
  expect(left).toEqual({ outcome: "fell_back" });
  const givenUp = await run(sample, id, ["own"]);
  expect(givenUp.slice(-3)).toEqual([password, knows, "IN"]);
  const away = await run(sample, id, ["own", "again"], "http://127.0.0.1:9");
  expect(away.slice(-2)).toEqual([password, "IN"]);
  await world.setPolicy({ afterNotMatched: "reject" });
  const rejected = await run(sample, id, ["own", "another"]);
  await world.setPolicy({ afterNotMatched: "retry" });
  expect(rejected.at(-1)).toBe("NOT IN");
  expect(rejected).not.toContain(password);
}
