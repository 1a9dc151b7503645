import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { pictureOfNobody, pictureOfTwo, sampleFace } from "#lib/sample/sample-faces.ts";

/** Everything checks send, as bare Base64. Faces are those of the sample app, prints are drawn by a machine: nobody's finger. */
export type CheckPictures = Awaited<ReturnType<typeof makePictures>>;

let made: Promise<CheckPictures> | null = null;

/** The pictures, made once. */
export function checkPictures(): Promise<CheckPictures> {
  made ??= makePictures();
  return made;
}

async function makePictures() {
  const [face, faceAgain, otherFace] = await Promise.all([
    sampleFace("a-first"),
    sampleFace("a-second"),
    sampleFace("b"),
  ]);
  const [first, second] = await Promise.all([readPrint(1), readPrint(2)]);
  const base64 = async (bytes: Buffer | Promise<Buffer>) => (await bytes).toString("base64");
  const black = sharp({ create: { width: 480, height: 640, channels: 3, background: "#000" } });
  return {
    face: await base64(face),
    faceAgain: await base64(faceAgain),
    otherFace: await base64(otherFace),
    nobody: await base64(pictureOfNobody()),
    twoFaces: await base64(pictureOfTwo()),
    black: await base64(black.clone().jpeg().toBuffer()),
    finger2: await base64(first),
    finger7: await base64(second),
    /** The same prints as another program writes them. */
    finger2Again: await base64(sharp(first).png().toBuffer()),
    finger7Again: await base64(sharp(second).png().toBuffer()),
    /** In a mirror, ridges end elsewhere: another finger. */
    otherFinger: await base64(sharp(first).flop().jpeg().toBuffer()),
    tiffFinger: await base64(sharp(first).tiff().toBuffer()),
    webpFinger: await base64(sharp(first).webp({ quality: 90 }).toBuffer()),
    faceOf: (bytes: number) => padded(face, bytes).toString("base64"),
  };
}

/** Found from the working directory, as inside a bundle this file's own place is another. */
const readPrint = (number: 1 | 2): Promise<Buffer> =>
  readFile(path.join(process.cwd(), "lib", "contract-checks", "pictures", `print-${number}.jpg`));

const LONGEST_COMMENT = 65_000;

/** The same JPEG with so many bytes in all, by comments that every decoder passes over. */
function padded(jpeg: Buffer, bytes: number): Buffer {
  const parts = [jpeg.subarray(0, 2)];
  let missing = bytes - jpeg.length;
  while (missing > 4) {
    const length = Math.min(missing - 2, LONGEST_COMMENT);
    const comment = Buffer.alloc(length + 2, 0x20);
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(length, 2);
    parts.push(comment);
    missing -= length + 2;
  }
  return Buffer.concat([...parts, jpeg.subarray(2)]);
}
