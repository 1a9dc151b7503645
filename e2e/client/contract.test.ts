import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { writeTypes } from "./write-types.ts";

/** As the project writes its files, so that the written one reads like the others. */
function formatted(text: string): string {
  const biome = spawnSync(
    process.execPath,
    ["node_modules/@biomejs/biome/bin/biome", "format", "--stdin-file-path=client/contract.ts"],
    { input: text, encoding: "utf8" },
  );
  if (biome.status !== 0) throw new Error(biome.stderr);
  return biome.stdout;
}

test("the client's types are those of the gateway's contract: `npx vitest run e2e/client/contract.test.ts -u` writes them anew", async () => {
  await expect(formatted(writeTypes())).toMatchFileSnapshot("../../client/contract.ts");
});
