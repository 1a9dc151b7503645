import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { apiMessages } from "#lib/multibiometrics/schema.ts";
import { extractOf } from "./asks.ts";
import type { Check } from "./check.ts";
import { differs, judgeFailure, judgeFormat, judgeRefusal, passes } from "./judge.ts";
import type { Lab } from "./lab.ts";
import { judgeAndLearn, refusalOf } from "./transport-checks.ts";

const stateless = {
  group: "pictures",
  call: "POST extract",
  writes: false,
  needs: ["no_biometrics"],
  calls: 1,
} as const;

const BAD_BASE64 = refusalOf("image_invalid", apiMessages.invalidBase64);
const UNUSABLE = refusalOf(
  "capture_unusable",
  apiMessages.extractionFailed,
  apiMessages.faceExtractionFailed,
);

const format = (id: "tiff_finger" | "webp_finger"): Check => ({
  ...stateless,
  id,
  make: async (lab) => {
    const picture = id === "tiff_finger" ? lab.pictures.tiffFinger : lab.pictures.webpFinger;
    const seen = await extractOf(lab, "FINGER", picture);
    const judged = judgeFormat(BAD_BASE64, seen, "format_taken");
    if (judged.verdict !== "fail") lab.learn(id, judged.findings[0] === "format_taken" ? "taken" : "refused");
    return judged;
  },
});

/** What the API takes for a picture. All by extract, which keeps nothing. */
export const pictureChecks: readonly Check[] = [
  {
    ...stateless,
    id: "invalid_base64",
    make: async (lab) =>
      judgeAndLearn(lab, "invalid_base64", BAD_BASE64, await extractOf(lab, "FACE", "*no base64*")),
  },
  {
    ...stateless,
    id: "data_uri",
    make: async (lab) => {
      const seen = await extractOf(lab, "FACE", `data:image/jpeg;base64,${lab.pictures.face}`);
      const judged = judgeFormat(BAD_BASE64, seen, "prefix_taken");
      if (judged.verdict !== "fail")
        lab.learn("data_uri", judged.findings[0] === "prefix_taken" ? "taken" : "refused");
      return judged;
    },
  },
  {
    ...stateless,
    id: "no_face",
    make: async (lab) => judgeRefusal(UNUSABLE, await extractOf(lab, "FACE", lab.pictures.nobody)),
  },
  {
    ...stateless,
    id: "several_faces",
    make: async (lab) =>
      judgeAndLearn(lab, "several_faces", UNUSABLE, await extractOf(lab, "FACE", lab.pictures.twoFaces)),
  },
  format("tiff_finger"),
  format("webp_finger"),
  {
    ...stateless,
    id: "picture_size",
    calls: 6,
    make: measureLimit,
  },
];

const HALVINGS = 4;

/**
 * Finds out whether a picture of the size that Gatehouse lets through is taken, and where it is not, a size that is: by
 * halving, to a sixteenth of what lies between, since each try is a call of the plan.
 */
async function measureLimit(lab: Lab) {
  const isTaken = async (bytes: number) => {
    const seen = await extractOf(lab, "FACE", lab.pictures.faceOf(bytes));
    return { taken: seen.answered && seen.reading.ok, seen };
  };
  const whole = await isTaken(MAX_PICTURE_BYTES);
  if (whole.taken) {
    lab.learn("picture_limit", String(MAX_PICTURE_BYTES));
    return passes;
  }
  let least = Math.ceil((lab.pictures.face.length * 3) / 4);
  let most = MAX_PICTURE_BYTES;
  const smallest = await isTaken(least);
  if (!smallest.taken) return judgeFailure(smallest.seen) ?? passes;
  for (let halved = 0; halved < HALVINGS; halved++) {
    const middle = Math.floor((least + most) / 2);
    if ((await isTaken(middle)).taken) least = middle;
    else most = middle;
  }
  lab.learn("picture_limit", String(least));
  return { ...differs("smaller_limit"), decisive: 0 };
}
