import { afterAll, beforeAll, test } from "vitest";
import { type SampleWorld, startSamples, walkSample } from "./try-sample.ts";

let samples: SampleWorld;
beforeAll(async () => {
  samples = await startSamples();
});
afterAll(() => samples.close());

test("the sample in Java handles every decision, and an outage ends with the password", () =>
  walkSample(samples, "java"));
