import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePicture } from "../images/decode-picture.ts";
import { defaultSettings } from "../settings.ts";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  type Rendition,
  render,
  sampleFaces,
} from "../testing/sample-faces.ts";
import { type ChosenFace, chooseFace } from "./choose-face.ts";
import { faceDistance, scoreOfFaces } from "./compare-faces.ts";
import { type FaceFinder, startFaceFinder } from "./face-finder.ts";

const renditions: Rendition[] = [
  { format: "jpg", width: 240, quality: 60 },
  { format: "png", brightness: 1.35 },
  { format: "bmp", width: 320, brightness: 0.75 },
];

type Looked = { person: string; descriptor: Float32Array };

let finder: FaceFinder;
const looked: Looked[] = [];

async function look(bytes: Buffer): Promise<ChosenFace> {
  const picture = await decodePicture(bytes.toString("base64"), { ...defaultSettings, allowTiff: false });
  if (picture === null) throw new Error("The sample picture did not decode.");
  return await chooseFace(picture, await finder.find(picture), defaultSettings);
}

beforeAll(async () => {
  finder = await startFaceFinder();
  for (const face of await sampleFaces()) {
    for (const rendition of renditions) {
      const chosen = await look(await render(face.jpeg, rendition));
      if (!chosen.ok) throw new Error(`${face.id} as ${JSON.stringify(rendition)}: ${chosen.reason}`);
      if (chosen.face.descriptor === null) throw new Error("The largest face has no descriptor.");
      looked.push({ person: face.personLabel, descriptor: chosen.face.descriptor });
    }
  }
}, 90_000);
afterAll(() => finder.close());

describe("the face comparison on real photographs", () => {
  test("finds one usable face in every rendition of every sample face", () => {
    expect(looked).toHaveLength(18 * renditions.length);
  });

  test("keeps both error rates low over all pairs at the default threshold", () => {
    const same: number[] = [];
    const other: number[] = [];
    for (const [i, a] of looked.entries()) {
      for (const b of looked.slice(i + 1)) {
        (a.person === b.person ? same : other).push(faceDistance(a.descriptor, b.descriptor));
      }
    }
    const limit = defaultSettings.faceDistanceAtScore50;
    const falseNonMatches = same.filter((distance) => distance > limit).length;
    const falseMatches = other.filter((distance) => distance <= limit).length;
    process.stdout.write(
      [
        `faces: 18 people x ${renditions.length} renditions, threshold distance ${limit} (score 50)`,
        `  same person   ${same.length} pairs, distance ${range(same)}, false non-match ${rate(falseNonMatches, same)}`,
        `  other person  ${other.length} pairs, distance ${range(other)}, false match ${rate(falseMatches, other)}`,
        ...[0.3, 0.35, 0.45, 0.5, 0.6].map(
          (at) =>
            `  at ${at}: false non-match ${rate(same.filter((d) => d > at).length, same)}, false match ${rate(other.filter((d) => d <= at).length, other)}`,
        ),
        "",
      ].join("\n"),
    );
    expect(same).toHaveLength(18 * 3);
    expect(other).toHaveLength((54 * 53) / 2 - 18 * 3);
    expect(falseNonMatches / same.length).toBeLessThan(0.01);
    expect(falseMatches / other.length).toBeLessThan(0.01);
  });
});

describe("a picture that cannot be used", () => {
  test("without a face is refused for that", async () => {
    expect(await look(await pictureWithoutFace())).toEqual({ ok: false, reason: "no_face" });
  });

  test("with two people is refused for that", async () => {
    expect(await look(await pictureOfTwoFaces())).toEqual({ ok: false, reason: "several_faces" });
  });

  test("that is blurred is refused for that", async () => {
    expect(await look(await blurredFace())).toEqual({ ok: false, reason: "too_blurred" });
  });

  test("with a face of few pixels is refused for that", async () => {
    const [face] = await sampleFaces();
    if (face === undefined) throw new Error("There are no sample faces.");
    const tiny = await render(face.jpeg, { format: "png", width: 100 });
    expect(await look(tiny)).toEqual({ ok: false, reason: "too_small" });
  });
});

describe("the score", () => {
  test("is 100 for equal descriptors, 50 at the threshold distance, and falls all the way", () => {
    const at = (distance: number) =>
      scoreOfFaces(new Float32Array([0, 0]), new Float32Array([0, distance]), 0.5);
    expect([at(0), at(0.5), at(1), at(2)]).toEqual([100, 50, 0, 0]);
    const scores = Array.from({ length: 101 }, (_, i) => at(i / 100));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(101);
  });
});

function range(values: number[]): string {
  return `${Math.min(...values).toFixed(3)}..${Math.max(...values).toFixed(3)}`;
}

function rate(count: number, of: number[]): string {
  return `${count} of ${of.length} (${((100 * count) / of.length).toFixed(2)} %)`;
}
