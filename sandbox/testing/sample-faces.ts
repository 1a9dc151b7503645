import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { encode as encodeBmp } from "bmp-ts";
import sharp, { type Sharp } from "sharp";

/** A real face cut out of one of the six group photographs that the face model's package ships. */
export type SampleFace = { id: string; personLabel: string; jpeg: Buffer };

type Crop = { left: number; top: number; width: number; height: number };

const demoFolder = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);

/**
 * Where the faces are, in pixels of the photographs (1920 wide). A letter stands for one person: each photograph
 * shows different people, and no two photographs are known to show the same one.
 */
const crops: { photo: number; person: string; crop: Crop }[] = [
  { photo: 1, person: "A", crop: { left: 299, top: 229, width: 407, height: 509 } },
  { photo: 1, person: "B", crop: { left: 737, top: 300, width: 388, height: 485 } },
  { photo: 1, person: "C", crop: { left: 1373, top: 74, width: 409, height: 511 } },
  { photo: 2, person: "D", crop: { left: 1336, top: 25, width: 415, height: 519 } },
  { photo: 3, person: "E", crop: { left: 453, top: 185, width: 465, height: 581 } },
  { photo: 3, person: "F", crop: { left: 1359, top: 143, width: 480, height: 600 } },
  { photo: 3, person: "G", crop: { left: 930, top: 59, width: 510, height: 638 } },
  { photo: 4, person: "H", crop: { left: 537, top: 0, width: 442, height: 553 } },
  { photo: 4, person: "I", crop: { left: 880, top: 60, width: 386, height: 483 } },
  { photo: 5, person: "J", crop: { left: 685, top: 0, width: 359, height: 449 } },
  { photo: 5, person: "K", crop: { left: 988, top: 72, width: 407, height: 509 } },
  { photo: 5, person: "L", crop: { left: 1260, top: 248, width: 459, height: 574 } },
  { photo: 5, person: "M", crop: { left: 468, top: 285, width: 424, height: 530 } },
  { photo: 5, person: "N", crop: { left: 207, top: 703, width: 512, height: 640 } },
  { photo: 6, person: "O", crop: { left: 499, top: 161, width: 522, height: 653 } },
  { photo: 6, person: "P", crop: { left: 1034, top: 157, width: 480, height: 600 } },
  { photo: 6, person: "Q", crop: { left: 1339, top: 106, width: 507, height: 634 } },
  { photo: 6, person: "R", crop: { left: 107, top: 316, width: 495, height: 619 } },
];

let cut: Promise<SampleFace[]> | null = null;

/** Eighteen people, one picture each: upright, one face of about 40 % of the height, 360 pixels wide or more. */
export function sampleFaces(): Promise<SampleFace[]> {
  cut ??= Promise.all(
    crops.map(async ({ photo, person, crop }) => ({
      id: `photo-${photo}-${person.toLowerCase()}`,
      personLabel: `Person ${person}`,
      jpeg: await cutOut(photo, crop),
    })),
  );
  return cut;
}

/** The face of one person, by letter "A" to "R". Throws for any other. */
export async function sampleFace(person: string): Promise<Buffer> {
  const found = (await sampleFaces()).find((face) => face.personLabel === `Person ${person}`);
  if (found === undefined) throw new Error(`There is no sample face of person ${person}.`);
  return found.jpeg;
}

export type Rendition = {
  format: "jpg" | "png" | "bmp";
  /** Pixels; the height follows. */
  width?: number;
  /** 1 leaves it as it is, 1.3 is 30 % brighter. */
  brightness?: number;
  /** JPEG quality 1..100. */
  quality?: number;
};

/** The same picture as another camera or program might have written it. */
export async function render(jpeg: Buffer, rendition: Rendition): Promise<Buffer> {
  let image = sharp(jpeg);
  if (rendition.width !== undefined) image = image.resize({ width: rendition.width });
  if (rendition.brightness !== undefined) image = image.modulate({ brightness: rendition.brightness });
  switch (rendition.format) {
    case "jpg":
      return await image.jpeg({ quality: rendition.quality ?? 90 }).toBuffer();
    case "png":
      return await image.png().toBuffer();
    case "bmp":
      return await writeBmp(image);
  }
}

/** A face the detector still finds, too blurred to be compared. */
export async function blurredFace(): Promise<Buffer> {
  return await sharp(await sampleFace("O"))
    .blur(4)
    .jpeg()
    .toBuffer();
}

/** A photograph of a window and a wooden frame, without anyone in it. */
export function pictureWithoutFace(): Promise<Buffer> {
  return cutOut(6, { left: 0, top: 0, width: 640, height: 300 });
}

/** Two people side by side, equally large. */
export function pictureOfTwoFaces(): Promise<Buffer> {
  return cutOut(6, { left: 1000, top: 80, width: 900, height: 700 });
}

async function cutOut(photo: number, crop: Crop): Promise<Buffer> {
  const file = await readFile(path.join(demoFolder, `sample${photo}.jpg`));
  return await sharp(file).extract(crop).jpeg({ quality: 92 }).toBuffer();
}

async function writeBmp(image: Sharp): Promise<Buffer> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  // The encoder takes four bytes per pixel, alpha first, then blue, green, red.
  const abgr = Buffer.alloc(info.width * info.height * 4);
  for (let from = 0, to = 0; to < abgr.length; from += 3, to += 4) {
    abgr[to + 1] = data[from + 2] ?? 0;
    abgr[to + 2] = data[from + 1] ?? 0;
    abgr[to + 3] = data[from] ?? 0;
  }
  return encodeBmp({ data: abgr, width: info.width, height: info.height, bitPP: 24 }).data;
}
