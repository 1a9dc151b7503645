import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { decodePicture } from "../images/decode-picture.ts";
import { defaultSettings } from "../settings.ts";
import { pictureOfTwoFaces, pictureWithoutFace, sampleFaces } from "../testing/sample-faces.ts";
import { compareFingers, type Minutia } from "./compare-fingers.ts";
import { generatePrint } from "./generate-print.ts";
import { readFinger } from "./read-finger.ts";

const paper = "#f4f4f4";
const size = { width: 300, height: 400 };

const captures: Record<string, (print: Buffer) => Promise<Buffer>> = {
  "written as a poor JPEG": (print) => sharp(print).jpeg({ quality: 50 }).toBuffer(),
  "twice as large": (print) => sharp(print).resize({ width: 600 }).jpeg().toBuffer(),
  "a quarter smaller": (print) => sharp(print).resize({ width: 220 }).png().toBuffer(),
  "darker and softer": (print) => sharp(print).modulate({ brightness: 0.7 }).blur(0.8).png().toBuffer(),
  shifted: (print) => shift(print, 25, 18),
  "turned by 10°": (print) => turn(print, 10),
  "turned by -10°": (print) => turn(print, -10),
  "turned and shifted": async (print) => shift(await turn(print, 8), 15, 10),
};

const people = 6;
const prints: Buffer[] = [];
const enrolled: Minutia[][] = [];

beforeAll(async () => {
  for (let seed = 1; seed <= people; seed++) {
    const print = await generatePrint(seed);
    prints.push(print);
    enrolled.push(await mustRead(print));
  }
}, 60_000);

describe("the finger comparison on generated prints", () => {
  test("accepts every other capture of the same finger and refuses every other finger", async () => {
    const same: number[] = [];
    for (const [i, print] of prints.entries()) {
      const first = enrolled[i] ?? [];
      for (const capture of Object.values(captures))
        same.push(score(first, await mustRead(await capture(print))));
    }
    const other = enrolled.flatMap((a, i) => enrolled.slice(i + 1).map((b) => score(a, b)));
    process.stdout.write(
      `fingers: ${people} prints x ${Object.keys(captures).length} captures, threshold score ${defaultSettings.scoreThreshold}\n` +
        `  same finger   ${same.length} pairs, lowest score ${Math.min(...same)}\n` +
        `  other finger  ${other.length} pairs, highest score ${Math.max(...other)}\n`,
    );
    expect(same).toHaveLength(people * 8);
    expect(other).toHaveLength((people * (people - 1)) / 2);
    expect(Math.min(...same)).toBeGreaterThan(defaultSettings.scoreThreshold + 10);
    expect(Math.max(...other)).toBeLessThan(defaultSettings.scoreThreshold - 10);
  }, 60_000);

  test("scores a print against itself 100", () => {
    for (const print of enrolled) expect(score(print, print)).toBe(100);
  });

  test("draws the same print from the same seed, another from another", async () => {
    expect((await generatePrint(1)).equals(prints[0] ?? Buffer.alloc(0))).toBe(true);
    expect(prints[1]?.equals(prints[0] ?? Buffer.alloc(0))).toBe(false);
  });
});

describe("a picture that is no print is unusable", () => {
  const plain = { create: { ...size, channels: 3 as const, background: "#ffffff" } };
  const noise = { type: "gaussian" as const, mean: 128, sigma: 50 };

  test("blank, noise, smooth noise", async () => {
    const grey = { create: { ...plain.create, noise } };
    expect(await read(await sharp(plain).png().toBuffer())).toBeNull();
    expect(await read(await sharp(grey).png().toBuffer())).toBeNull();
    expect(await read(await sharp(grey).blur(2).png().toBuffer())).toBeNull();
  });

  test("faces and rooms", async () => {
    const faces = (await sampleFaces()).map((face) => face.jpeg);
    for (const photo of [...faces, await pictureOfTwoFaces(), await pictureWithoutFace()]) {
      expect(await read(photo)).toBeNull();
    }
  });
});

function score(a: Minutia[], b: Minutia[]): number {
  return compareFingers(a, b, defaultSettings.fingerShareAtScore50);
}

async function read(bytes: Buffer): Promise<Minutia[] | null> {
  const picture = await decodePicture(bytes.toString("base64"), { ...defaultSettings, allowTiff: false });
  if (picture === null) throw new Error("The sample picture did not decode.");
  return await readFinger(picture);
}

async function mustRead(bytes: Buffer): Promise<Minutia[]> {
  const minutiae = await read(bytes);
  if (minutiae === null) throw new Error("The sample print is unusable.");
  return minutiae;
}

async function turn(print: Buffer, degrees: number): Promise<Buffer> {
  const turned = await sharp(print)
    .rotate(degrees, { background: paper })
    .png()
    .toBuffer({ resolveWithObject: true });
  const left = Math.floor((turned.info.width - size.width) / 2);
  const top = Math.floor((turned.info.height - size.height) / 2);
  return await sharp(turned.data)
    .extract({ left, top, ...size })
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function shift(print: Buffer, left: number, top: number): Promise<Buffer> {
  const moved = await sharp(print).extend({ left, top, background: paper }).png().toBuffer();
  return await sharp(moved)
    .extract({ left: 0, top: 0, ...size })
    .png()
    .toBuffer();
}
