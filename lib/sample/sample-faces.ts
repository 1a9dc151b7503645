import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import sharp from "sharp";

export const SAMPLE_FACES = ["a-first", "a-second", "b"] as const;
export type SampleFaceId = (typeof SAMPLE_FACES)[number];

type Rendition = {
  photo: number;
  /** Pixels of a photograph 1920 wide. */
  crop: { left: number; top: number; width: number; height: number };
  width: number;
  brightness: number;
  quality: number;
};

const PERSON_A = { left: 499, top: 161, width: 522, height: 653 };
/** The same person cut, lit and compressed differently, as a second camera would; and somebody else. */
const RENDITIONS: Record<SampleFaceId, Rendition> = {
  "a-first": { photo: 6, crop: PERSON_A, width: 480, brightness: 1, quality: 92 },
  "a-second": {
    photo: 6,
    crop: { left: 519, top: 181, width: 484, height: 610 },
    width: 400,
    brightness: 1.15,
    quality: 78,
  },
  b: {
    photo: 3,
    crop: { left: 453, top: 185, width: 465, height: 581 },
    width: 480,
    brightness: 1,
    quality: 90,
  },
};

const made = new Map<SampleFaceId, Promise<Buffer>>();

/** A real face as a JPEG, cut out of the group photographs that the face model's package ships. */
export function sampleFace(id: SampleFaceId): Promise<Buffer> {
  const known = made.get(id) ?? cutOut(RENDITIONS[id]);
  made.set(id, known);
  return known;
}

/** A photograph of a window and a wooden frame, without anyone in it. */
export const pictureOfNobody = (): Promise<Buffer> =>
  cutOut({ ...PLAIN, photo: 6, crop: { left: 0, top: 0, width: 640, height: 300 } });

/** Two people side by side, equally large. */
export const pictureOfTwo = (): Promise<Buffer> =>
  cutOut({ ...PLAIN, photo: 6, crop: { left: 1000, top: 80, width: 900, height: 700 } });

const PLAIN = { width: 640, brightness: 1, quality: 90 };

async function cutOut({ photo, crop, width, brightness, quality }: Rendition): Promise<Buffer> {
  const file = await readFile(path.join(demoFolder(), `sample${photo}.jpg`));
  return await sharp(file)
    .extract(crop)
    .resize({ width })
    .modulate({ brightness })
    .jpeg({ quality })
    .toBuffer();
}

/** Found from the working directory: inside a bundle this file's own place is no longer beside node_modules. */
const demoFolder = (): string =>
  path.join(
    path.dirname(
      createRequire(path.join(process.cwd(), "package.json")).resolve("@vladmandic/face-api/package.json"),
    ),
    "demo",
  );
