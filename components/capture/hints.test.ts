import sharp from "sharp";
import { expect, test } from "vitest";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";
import { judgePicture } from "./hints.ts";
import { measureSquare } from "./measure-pixels.ts";
import type { FaceBox, PictureLook } from "./types.ts";

const box: FaceBox = { x: 0.2, y: 0.3, width: 0.5, height: 0.45 };
const good: PictureLook = {
  width: 480,
  height: 600,
  faces: 1,
  box,
  lightLevel: 120,
  contrast: 50,
  sharpness: 0.1,
};

test("a good picture of one face gets no hint and all its ticks", () => {
  expect(judgePicture(good, "face")).toEqual({
    hints: [],
    checks: { face: true, light: true, distance: true, sharp: true },
  });
});

test.each([
  ["few pixels", { width: 180, height: 240 }, ["small_picture"]],
  ["nobody", { faces: 0, box: null }, ["no_face"]],
  ["two people", { faces: 2 }, ["several_faces"]],
  ["a dark face", { lightLevel: 49 }, ["too_dark"]],
  ["a washed out face", { lightLevel: 229 }, ["too_bright"]],
  ["a blurred face", { sharpness: 0.019 }, ["blurred"]],
  ["a small face", { box: { ...box, height: 0.16 } }, ["face_small"]],
  ["a dark, blurred face", { lightLevel: 20, sharpness: 0.001 }, ["too_dark", "blurred"]],
] as const)("%s is hinted at", (_, change, hints) => {
  expect(judgePicture({ ...good, ...change }, "face").hints).toEqual(hints);
});

test("without a detector nothing is said about faces, and nothing is ticked", () => {
  const unseen = { ...good, faces: null, box: null };
  expect(judgePicture(unseen, "face")).toEqual({ hints: [], checks: null });
});

test("a finger is judged by its ridges alone", () => {
  const print = { ...good, faces: null, box: null };
  expect(judgePicture(print, "finger").hints).toEqual([]);
  expect(judgePicture({ ...print, contrast: 10 }, "finger").hints).toEqual(["faint"]);
  expect(judgePicture({ ...print, width: 120 }, "finger").hints).toEqual(["small_picture"]);
});

const SIDE = 112;
async function measured(picture: Buffer, part: FaceBox | null) {
  const { width, height } = await sharp(picture).metadata();
  const area = part ?? { x: 0, y: 0, width: 1, height: 1 };
  const rgba = await sharp(picture)
    .extract({
      left: Math.round(area.x * width),
      top: Math.round(area.y * height),
      width: Math.round(area.width * width),
      height: Math.round(area.height * height),
    })
    .resize(SIDE, SIDE, { fit: "fill" })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return measureSquare(new Uint8ClampedArray(rgba), SIDE);
}

test.each(["ana", "bia", "clara"] as const)(
  "a photograph of %s is sharp and well lit, a blurred one is not sharp",
  async (who) => {
    const picture = await facePicture(who);
    expect(judgePicture({ ...good, ...(await measured(picture, box)) }, "face").hints).toEqual([]);
    const blurred = await sharp(picture).blur(9).toBuffer();
    expect(judgePicture({ ...good, ...(await measured(blurred, box)) }, "face").hints).toContain("blurred");
    const dark = await sharp(picture).modulate({ brightness: 0.15 }).toBuffer();
    expect(judgePicture({ ...good, ...(await measured(dark, box)) }, "face").hints).toContain("too_dark");
  },
);

test("a print of a reader is plain, a washed out one is faint", async () => {
  const print = await generatePrint(7);
  const hintsOf = async (picture: Buffer) =>
    judgePicture({ ...good, faces: null, ...(await measured(picture, null)) }, "finger").hints;
  expect(await hintsOf(print)).toEqual([]);
  expect(await hintsOf(await sharp(print).linear(0.1, 220).toBuffer())).toEqual(["faint"]);
});
