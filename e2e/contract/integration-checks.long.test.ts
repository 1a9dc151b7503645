import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { isDifferent } from "#lib/contract-checks/rules.ts";
import type { CheckId, Finding } from "#lib/contract-checks/types.ts";
import { sampleFace } from "#lib/sample/sample-faces.ts";
import type { SandboxSettings } from "#sandbox/settings.ts";
import { startRunWorld } from "./run-world.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-flipped-"));
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Expected = { facts: Record<string, string>; findings: Partial<Record<CheckId, Finding[]>> };
const at = (status: number, type: string, message: string) => `${status}|text|${type}|${message}`;

test.each<[Partial<SandboxSettings>, Expected]>([
  [
    { errorContentType: "application/json" },
    {
      facts: { custom_id_missing: at(400, "application/json", "CustomID is mandatory") },
      findings: { no_custom_id: ["form_differs"], enrol_twice: ["form_differs"] },
    },
  ],
  [
    { personNotFoundStatus: 404 },
    {
      facts: { person_not_found: at(404, "text/plain", "Person not found") },
      findings: { verify_unknown: ["status_differs"], delete_again: ["status_differs"] },
    },
  ],
  [
    { updateReplaces: "everything" },
    { facts: { update: "replaces" }, findings: { update_face: ["replaces_everything"] } },
  ],
  [
    { reenrollAfterDelete: false },
    { facts: { enrol_again: "refused" }, findings: { enrol_again: ["id_is_spent"] } },
  ],
  [
    { listFingersNotSent: false },
    { facts: { fingers_listed: "sent_only" }, findings: { verify_fingers: [] } },
  ],
  [{ sendClientId: false }, { facts: { client_id: "absent" }, findings: { enrol: [] } }],
  [{ sendSuccess: true }, { facts: { success_flag: "sent" }, findings: { enrol: [] } }],
  [{ tolerateDataUri: true }, { facts: { data_uri: "taken" }, findings: { data_uri: ["prefix_taken"] } }],
  [
    { allowTiffFingers: true },
    { facts: { tiff_finger: "taken" }, findings: { tiff_finger: ["format_taken"] } },
  ],
  [{ matchRule: "any" }, { facts: { match_rule: "any" }, findings: { verify_mixed: ["any_is_enough"] } }],
  [
    { notEnrolled: "ignored" },
    { facts: { not_enrolled: "ignored" }, findings: { verify_not_enrolled: ["ignores_not_enrolled"] } },
  ],
  [
    { unusableCapture: "keep_usable" },
    { facts: { unusable_finger: "kept" }, findings: { unusable_finger: ["keeps_usable"] } },
  ],
  [
    { livenessErrorStatus: 400 },
    {
      facts: { liveness_refusal: "400|result|application/json|No Faces Detected" },
      findings: { liveness_no_face: ["status_differs"] },
    },
  ],
  [
    { unusableFaceMessage: "Failed to extract face template" },
    {
      facts: { unusable_face: at(400, "text/plain", "Failed to extract face template") },
      findings: { black_picture: ["message_differs"] },
    },
  ],
  [
    { severalFacesMessage: "Failed to extract template" },
    {
      facts: { several_faces: at(400, "text/plain", "Failed to extract template") },
      findings: { several_faces: [] },
    },
  ],
  [
    { maxBodyBytes: 400_000 },
    { facts: { picture_limit: expect.any(String) as string }, findings: { picture_size: ["smaller_limit"] } },
  ],
  [{ spoof: true }, { facts: {}, findings: { liveness: [] } }],
])(
  "with %o the run names the difference, fails nothing, and the client goes on working",
  async (settings, expected) => {
    const world = await startRunWorld(database, folder, settings);
    try {
      const { ended, verdicts, findings, observed, left } = await world.run();
      expect(ended).toBe("finished");
      expect([...verdicts].filter(([, verdict]) => verdict === "fail" || verdict === "not_tried")).toEqual(
        [],
      );
      for (const [id, found] of Object.entries(expected.findings))
        expect(findings.get(id as CheckId)).toEqual(found);
      const different = observed.filter(isDifferent).map(({ fact, value }) => [fact, value]);
      expect(Object.fromEntries(different)).toMatchObject(expected.facts);
      expect(left).toEqual({ made: 4, left: 0 });
      expect(await world.peopleAtApi()).toBe(0);
      const face = (await sampleFace("a-first")).toString("base64");
      expect(await world.api.enroll("somebody", { face })).toMatchObject({ ok: true });
      expect(await world.api.verify("somebody", { face })).toMatchObject({
        ok: true,
        value: { match: true },
      });
      expect(await world.api.verify("nobody", { face })).toMatchObject({ code: "person_not_found" });
      expect(await world.api.delete("somebody")).toMatchObject({ ok: true });
    } finally {
      await world.close();
    }
  },
);

test("against production nobody is written, and nobody is left", async () => {
  const world = await startRunWorld(database, folder);
  try {
    const { ended, verdicts, left } = await world.run("production");
    expect(ended).toBe("finished");
    expect([...verdicts.keys()].filter((id) => /enrol|update|delete/.test(id))).toEqual([]);
    expect(left).toEqual({ made: 0, left: 0 });
    expect(await world.peopleAtApi()).toBe(0);
  } finally {
    await world.close();
  }
});
