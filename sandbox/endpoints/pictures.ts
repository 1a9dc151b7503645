import { assessIcao } from "../faces/assess-icao.ts";
import { countSubjects } from "../faces/choose-face.ts";
import { originalScale } from "../images/picture.ts";
import { messages } from "../refusal.ts";
import { readCheckImage, readSpoofImage } from "../requests.ts";
import type { Answer, Endpoint } from "./endpoint.ts";

/** Errors ride inside the answer here; `spoof` is a setting, not a measurement. */
export const liveness: Endpoint = {
  name: "liveness",
  method: "POST",
  url: "/multibiometrics/liveness",
  async run(body, { biometrics, settings }) {
    const image = readSpoofImage(body);
    if (image === null) return livenessError(messages.imageNotFound, settings.livenessErrorStatus);
    const picture = await biometrics.decode(image, "FACE");
    const subjects = countSubjects(await biometrics.findFaces(picture));
    if (subjects === 0) return livenessError(messages.noFaces, settings.livenessErrorStatus);
    if (subjects > 1) return livenessError(messages.severalFaces, settings.livenessErrorStatus);
    return { status: 200, body: { Success: true, result: "Ok", spoof: settings.spoof } };
  },
  refused: (refusal, settings) => livenessError(refusal.message, settings.livenessErrorStatus),
};

function livenessError(result: string, status: number): Answer {
  return { status, body: { Success: false, result, spoof: false } };
}

/** Every face counts, those in the background too; rectangles are in pixels of the picture as sent. */
export const faceDetect: Endpoint = {
  name: "face_detect",
  method: "POST",
  url: "/multibiometrics/face_detect",
  async run(body, { biometrics }) {
    const picture = await biometrics.decode(readCheckImage(body), "FACE");
    const scale = originalScale(picture);
    const faces = await biometrics.findFaces(picture);
    const FaceRects = faces.map(({ box }) => ({
      x: Math.round(box.x * scale),
      y: Math.round(box.y * scale),
      width: Math.round(box.width * scale),
      height: Math.round(box.height * scale),
    }));
    return { status: 200, body: { DetectedFaces: { FaceNumber: faces.length, FaceRects } } };
  },
};

export const checkIcao: Endpoint = {
  name: "check_icao",
  method: "POST",
  url: "/quality/check_icao",
  async run(body, { biometrics, settings }) {
    const picture = await biometrics.decode(readCheckImage(body), "FACE");
    const faces = await biometrics.findFaces(picture);
    return { status: 200, body: { ICAO: await assessIcao(picture, faces, settings) } };
  },
};
