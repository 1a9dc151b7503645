import sharp from "sharp";
import type { GreyImage, Picture, Rectangle } from "./picture.ts";

/** Cuts a part out of a picture (all of it by default) and gives its brightness at the size asked for. */
export async function toGrey(
  picture: Picture,
  size: { width: number; height: number; fit: "fill" | "inside" },
  part?: Rectangle,
): Promise<GreyImage> {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const cut = part === undefined ? null : clip(part, picture);
  const whole = sharp(picture.rgb, { raw });
  const image = cut === null ? whole : whole.extract(cut);
  const { data, info } = await image
    .resize({ width: size.width, height: size.height, fit: size.fit, kernel: "lanczos3" })
    .greyscale()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const luma = new Float32Array(info.width * info.height);
  for (let i = 0; i < luma.length; i++) luma[i] = data[i * info.channels] ?? 0;
  return { width: info.width, height: info.height, luma };
}

function clip(part: Rectangle, picture: Picture) {
  const left = Math.min(Math.max(0, Math.round(part.x)), picture.width - 1);
  const top = Math.min(Math.max(0, Math.round(part.y)), picture.height - 1);
  const width = Math.max(1, Math.min(Math.round(part.width), picture.width - left));
  const height = Math.max(1, Math.min(Math.round(part.height), picture.height - top));
  return { left, top, width, height };
}
