import type { ExaminedPicture } from "#components/capture/types.ts";
import type { Measured } from "#lib/campaigns/schema.ts";

/** What of a picture is kept: its figures, within what the server takes, and nothing it could be made of. */
export function measuredOf({ image, from, look }: ExaminedPicture): Measured {
  const { faces, box, lightLevel, contrast, sharpness } = look;
  return {
    width: image.width,
    height: image.height,
    lightLevel,
    contrast: Math.min(128, contrast),
    sharpness: Math.min(1, sharpness),
    faceShare: faces === null ? null : Math.min(1, Math.max(0, box?.height ?? 0)),
    from,
  };
}
