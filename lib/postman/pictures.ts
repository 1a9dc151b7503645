import sharp from "sharp";
import { sampleFace } from "#lib/sample/sample-faces.ts";
import type { Collection } from "./types.ts";

type Variables = Collection["variable"];

/** Small enough for a collection that is read by people, large enough for a face of more than 72 pixels. */
const WIDTH = 240;

const small = async (picture: Buffer): Promise<Buffer> =>
  sharp(picture).resize({ width: WIDTH }).jpeg({ quality: 80 }).toBuffer();

let made: Promise<Variables> | undefined;

/**
 * The pictures of the calls as variables, in bare Base64: two of one person, one of another, one of both and one of
 * nobody. Faces are those the sample application offers; put your own in their place.
 */
export function pictureVariables(): Promise<Variables> {
  made ??= cutOut();
  return made;
}

async function cutOut(): Promise<Variables> {
  const [first, second, other] = await Promise.all(
    (["a-first", "a-second", "b"] as const).map(async (id) => small(await sampleFace(id))),
  );
  if (!first || !second || !other) throw new Error("A sample face is missing.");
  const height = Math.round((WIDTH * 5) / 4);
  const background = "#8a8f98";
  const plain = (width: number) => sharp({ create: { width, height, channels: 3, background } });
  const both = plain(2 * WIDTH).composite(
    await Promise.all(
      [first, other].map(async (face, place) => ({
        input: await sharp(face).resize({ width: WIDTH, height }).toBuffer(),
        left: place * WIDTH,
        top: 0,
      })),
    ),
  );
  const pictures = {
    faceA: first,
    faceASecond: second,
    faceB: other,
    twoFaces: await both.jpeg({ quality: 80 }).toBuffer(),
    nobody: await plain(WIDTH).png().toBuffer(),
  };
  return Object.entries(pictures).map(([key, picture]) => {
    return { key, value: picture.toString("base64"), type: "string" };
  });
}
