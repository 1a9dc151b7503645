import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { facePicture, pictureWithoutFace } from "#e2e/fixtures/faces.ts";
import { findFaces, type Square } from "./find-faces.ts";
import { readWeights, type WeightsManifest } from "./read-weights.ts";

const folder = path.dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json"));
const model = path.join(folder, "model/tiny_face_detector_model");
const manifest = JSON.parse(await readFile(`${model}-weights_manifest.json`, "utf8")) as WeightsManifest;
const bytes = await readFile(`${model}.bin`);
const weights = readWeights(manifest, bytes);

async function squareOf(picture: Buffer, side: number): Promise<Square> {
  const { width: fullWidth, height: fullHeight } = await sharp(picture).metadata();
  const scale = side / Math.max(fullWidth, fullHeight);
  const [width, height] = [Math.round(fullWidth * scale), Math.round(fullHeight * scale)];
  const rgba = await sharp(picture)
    .resize(width, height, { fit: "fill" })
    .extend({ right: side - width, bottom: side - height, background: "#000" })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return { side, width, height, rgba: new Uint8ClampedArray(rgba) };
}

test.each([
  ["ana", 224],
  ["bia", 224],
  ["clara", 224],
  ["ana", 320],
  ["bia", 320],
  ["clara", 320],
] as const)(
  "the one face of %s is found in the middle of the picture, looked at %i pixels wide",
  async (who, side) => {
    const faces = findFaces(weights, await squareOf(await facePicture(who), side), 0.3);
    expect(faces).toHaveLength(1);
    const [face] = faces;
    const middle = (face?.x ?? 0) + (face?.width ?? 0) / 2;
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.1);
    expect(face?.height).toBeGreaterThan(0.34);
    expect(face?.height).toBeLessThan(0.6);
  },
);

test("where nobody is, nobody is found", async () => {
  expect(findFaces(weights, await squareOf(await pictureWithoutFace(), 320), 0.3)).toEqual([]);
});

test("in a group several faces are found, the largest first", async () => {
  const group = await readFile(path.join(folder, "demo/sample3.jpg"));
  const faces = findFaces(weights, await squareOf(group, 320), 0.3);
  expect(faces.length).toBeGreaterThan(2);
  const areas = faces.map(({ width, height }) => width * height);
  expect(areas).toEqual([...areas].sort((a, b) => b - a));
});

test("weights that do not fit their manifest are refused", () => {
  expect(() => readWeights(manifest, bytes.subarray(1))).toThrow("do not fit");
  expect(() => readWeights([], bytes)).toThrow("do not fit");
});
