import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePicture } from "../images/decode-picture.ts";
import type { Picture } from "../images/picture.ts";
import { defaultSettings } from "../settings.ts";
import { type Paint, paintOn } from "../testing/painted-faces.ts";
import { sampleFaces } from "../testing/sample-faces.ts";
import { type FaceFinder, startFaceFinder } from "./face-finder.ts";
import type { FoundFace } from "./found-face.ts";
import { measureEyesSeen, measureLowerCover } from "./measure-cover.ts";

type Looked = { jpeg: Buffer; picture: Picture; face: FoundFace };
type Measured = { cover: number; eyes: number };

let finder: FaceFinder;
const bare: Looked[] = [];

async function look(jpeg: Buffer): Promise<Looked | null> {
  const picture = await decodePicture(jpeg.toString("base64"), { ...defaultSettings, allowTiff: false });
  if (picture === null) throw new Error("The sample picture did not decode.");
  const [face] = await finder.find(picture);
  return face === undefined ? null : { jpeg, picture, face };
}

function measure({ picture, face }: Looked): Measured {
  const [cover, eyes] = [
    measureLowerCover(picture, face.landmarks),
    measureEyesSeen(picture, face.landmarks),
  ];
  if (cover === null || eyes === null) throw new Error("The landmarks left nothing to measure.");
  return { cover, eyes };
}

/** The painted faces that are still found as faces. */
async function painted(paint: Paint): Promise<Measured[]> {
  const found: Measured[] = [];
  for (const { jpeg, picture, face } of bare) {
    const again = await look(await paintOn(jpeg, picture, face.landmarks, paint));
    if (again !== null) found.push(measure(again));
  }
  return found;
}

function print(what: string, found: Measured[], caught: (one: Measured) => boolean): number {
  const count = found.filter(caught).length;
  process.stdout.write(`${what}: ${count} of ${found.length} found faces\n`);
  return count;
}

const isCovered = ({ cover }: Measured) => cover > 1;
const isBehindLenses = ({ eyes }: Measured) => eyes < 1;

beforeAll(async () => {
  finder = await startFaceFinder();
  for (const { jpeg } of await sampleFaces()) {
    const looked = await look(jpeg);
    if (looked !== null) bare.push(looked);
  }
}, 90_000);
afterAll(() => finder.close());

describe("what covers a face, on 18 real photographs and painted on them", () => {
  test("no bare face counts as covered or as behind dark lenses", () => {
    const measured = bare.map(measure);
    expect(measured).toHaveLength(18);
    expect(print("bare, called covered", measured, isCovered)).toBe(0);
    expect(print("bare, called behind dark lenses", measured, isBehindLenses)).toBe(0);
  });

  test.each([
    { name: "light blue", colour: "#9cc3dd", missed: 0 },
    { name: "white", colour: "#e9e9e6", missed: 1 },
    { name: "black", colour: "#1d1d1f", missed: 1 },
  ])(
    "a $name cloth over nose and mouth is told, but for at most $missed",
    async ({ name, colour, missed }) => {
      const found = await painted({ kind: "cloth", colour });
      expect(found.length).toBeGreaterThanOrEqual(15);
      expect(print(`${name} cloth`, found, isCovered)).toBeGreaterThanOrEqual(found.length - missed);
    },
  );

  test("dark glasses are told, and leave the lower face bare", async () => {
    const found = await painted({ kind: "dark_glasses" });
    expect(found.length).toBeGreaterThanOrEqual(15);
    expect(print("dark glasses", found, isBehindLenses)).toBe(found.length);
    expect(print("dark glasses, called covered", found, isCovered)).toBeLessThanOrEqual(1);
  });
});
