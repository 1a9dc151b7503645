import { expect, test } from "vitest";
import { pictureWithoutFace } from "#sandbox/testing/sample-faces.ts";
import { sandboxForFile } from "./sandbox-for-file.ts";

const { faces, connect, newId, enrolled } = sandboxForFile({
  personNotFoundStatus: 404,
  livenessErrorStatus: 400,
  listFingersNotSent: false,
  sendSuccess: true,
  sendClientId: false,
  errorContentType: "application/json",
});

test("the choices the contract leaves open change no meaning", async () => {
  const client = connect();
  const nobody = (await pictureWithoutFace()).toString("base64");
  const customId = await enrolled(client);
  expect(await client.verify(customId, { face: faces.aOtherwise })).toMatchObject({
    ok: true,
    value: { match: true, nonMatchedFingers: [] },
  });
  expect(await client.verify(newId(), { face: faces.a })).toMatchObject({ code: "person_not_found" });
  expect(await client.checkLiveness(nobody)).toMatchObject({ ok: true, value: { result: "no_face" } });
  expect(await client.delete(customId)).toMatchObject({ ok: true });
});
