import { chooseFace } from "./faces/choose-face.ts";
import type { FaceFinder } from "./faces/face-finder.ts";
import type { FoundFace } from "./faces/found-face.ts";
import { readFinger } from "./fingers/read-finger.ts";
import { decodePicture } from "./images/decode-picture.ts";
import type { Picture } from "./images/picture.ts";
import { messages, Refusal } from "./refusal.ts";
import type { SandboxSettings } from "./settings.ts";
import type { Template, TemplateFormat, TemplateType } from "./templates.ts";

/** Everything the endpoints ask of pictures. */
export type Biometrics = {
  /** Decodes a picture. Throws `Invalid base64 string` for what is none. */
  decode(base64: string, type: TemplateType): Promise<Picture>;
  /** Makes the template of a picture of one face or one finger. Throws the contract's extraction errors. */
  extract(picture: Picture, type: TemplateType, format: TemplateFormat): Promise<Template>;
  /** All faces of a picture, largest first. */
  findFaces(picture: Picture): Promise<FoundFace[]>;
};

export function createBiometrics(finder: FaceFinder, settings: SandboxSettings): Biometrics {
  return {
    async decode(base64, type) {
      const allowTiff = settings.allowTiffFingers && type === "FINGER";
      const picture = await decodePicture(base64, { ...settings, allowTiff });
      if (picture === null) throw new Refusal(messages.invalidBase64);
      return picture;
    },
    async extract(picture, type, format) {
      if (type === "FACE") {
        return { type, format, descriptor: await extractFace(finder, settings, picture) };
      }
      const minutiae = await readFinger(picture);
      if (minutiae === null) throw new Refusal(messages.extractionFailed);
      return { type, format, minutiae };
    },
    findFaces: (picture) => finder.find(picture),
  };
}

async function extractFace(
  finder: FaceFinder,
  settings: SandboxSettings,
  picture: Picture,
): Promise<Float32Array> {
  const faces = await finder.find(picture);
  const chosen = await chooseFace(picture, faces, settings);
  if (!chosen.ok) {
    const several = chosen.reason === "several_faces";
    throw new Refusal(several ? settings.severalFacesMessage : settings.unusableFaceMessage);
  }
  if (chosen.face.descriptor === null) throw new Error("The face model gave no descriptor.");
  return chosen.face.descriptor;
}
