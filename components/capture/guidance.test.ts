import { expect, test } from "vitest";
import { judgeLook } from "./guidance.ts";
import type { FaceBox, Look } from "./types.ts";

const middle: FaceBox = { x: 0.3, y: 0.25, width: 0.4, height: 0.5 };
const look = (change: Partial<Look> = {}): Look => ({ faces: 1, box: middle, lightLevel: 120, ...change });
const at = (change: Partial<FaceBox>): Look => look({ box: { ...middle, ...change } });

test("one well lit face in the middle that stays where it was is asked to hold still", () => {
  expect(judgeLook(look(), middle)).toEqual({
    guidance: "hold_still",
    face: true,
    light: true,
    distance: true,
    still: true,
  });
});

test.each([
  ["nobody", look({ faces: 0, box: null }), "no_face"],
  ["a dark room without a face found", look({ faces: 0, box: null, lightLevel: 20 }), "too_dark"],
  ["two people", look({ faces: 2 }), "several_faces"],
  ["a dark face", look({ lightLevel: 49 }), "too_dark"],
  ["a washed out face", look({ lightLevel: 229 }), "too_bright"],
  ["a far face", at({ y: 0.35, height: 0.3 }), "come_closer"],
  ["a near face", at({ y: 0.05, height: 0.9 }), "move_back"],
  ["a face at the left edge of the frame", at({ x: 0.1 }), "move_left"],
  ["a face at the right edge of the frame", at({ x: 0.5 }), "move_right"],
  ["a face at the top of the frame", at({ y: 0 }), "move_down"],
  ["a face at the bottom of the frame", at({ y: 0.5 }), "move_up"],
])("%s is told what to do", (_, seen, guidance) => {
  expect(judgeLook(seen, null).guidance).toBe(guidance);
});

test("a face that moved since the last look is asked to keep still, and does not count as still", () => {
  expect(judgeLook(look(), { ...middle, x: 0.2 })).toMatchObject({ guidance: "keep_still", still: false });
});

test("what is right stays ticked while something else is wrong", () => {
  expect(judgeLook(look({ lightLevel: 10 }), middle)).toMatchObject({
    face: true,
    light: false,
    distance: true,
    still: true,
  });
});
