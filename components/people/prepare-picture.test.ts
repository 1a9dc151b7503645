import { expect, test } from "vitest";
import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { isPicture, preparePicture } from "./prepare-picture.ts";

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const fileOf = (bytes: number[], size = bytes.length) =>
  new File([new Uint8Array([...bytes, ...new Array(size - bytes.length).fill(0)])], "sample.png");

test("JPG, PNG and BMP are known by their first bytes, and nothing else is", () => {
  expect(isPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe(true);
  expect(isPicture(new Uint8Array(png))).toBe(true);
  expect(isPicture(new Uint8Array([0x42, 0x4d, 0, 0]))).toBe(true);
  expect(isPicture(new TextEncoder().encode("GIF89a__"))).toBe(false);
  expect(isPicture(new TextEncoder().encode("%PDF-1.7"))).toBe(false);
});

test("a picture that fits is sent as it is", async () => {
  const file = fileOf(png, MAX_PICTURE_BYTES);
  expect(await preparePicture(file)).toEqual({ ok: true, picture: file });
});

test("each file that cannot be sent has its own reason", async () => {
  expect(await preparePicture(undefined)).toEqual({ ok: false, trouble: "choose" });
  expect(await preparePicture(fileOf([]))).toEqual({ ok: false, trouble: "choose" });
  expect(await preparePicture(fileOf([1, 2, 3, 4]))).toEqual({ ok: false, trouble: "notPicture" });
});
