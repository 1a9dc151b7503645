import { apiMessages } from "#lib/multibiometrics/schema.ts";
import { extractOf, faceCountOf, icaoOf, livenessOf, matchOf } from "./asks.ts";
import type { Check } from "./check.ts";
import { differs, fails, type Judgement, judgeFailure, judgeOtherPackage, passes } from "./judge.ts";
import type { Lab } from "./lab.ts";

const templates = { group: "templates", writes: false, calls: 1 } as const;
const faces = { group: "faces", writes: false, calls: 1, needs: ["no_biometrics"] } as const;

/** Templates, comparisons, liveness and the quality package: nothing of it is kept by the API. */
export const faceChecks: readonly Check[] = [
  {
    ...templates,
    id: "extract",
    call: "POST extract",
    calls: 3,
    needs: ["no_biometrics"],
    make: async (lab) => {
      for (const name of ["face", "faceAgain", "otherFace"] as const) {
        const seen = await extractOf(lab, "FACE", lab.pictures[name]);
        if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
        lab.templates.set(name, seen.reading.value.template);
      }
      return passes;
    },
  },
  {
    ...templates,
    id: "match_genuine",
    call: "POST match",
    needs: ["extract"],
    make: (lab) => match(lab, "faceAgain", true),
  },
  {
    ...templates,
    id: "match_impostor",
    call: "POST match",
    needs: ["match_genuine"],
    make: (lab) => match(lab, "otherFace", false),
  },
  {
    ...faces,
    id: "liveness",
    call: "POST liveness",
    make: async (lab) => {
      const seen = await livenessOf(lab, lab.pictures.face);
      const elsewhere = judgeOtherPackage(seen);
      if (elsewhere !== null || !seen.answered || !seen.reading.ok)
        return elsewhere ?? judgeFailure(seen) ?? passes;
      // A photograph may well be called a spoof: that it was looked at is what counts.
      return seen.reading.value.result === "ok" ? passes : fails("faces_miscounted");
    },
  },
  {
    ...faces,
    id: "liveness_no_face",
    call: "POST liveness",
    needs: ["liveness"],
    make: async (lab) => {
      const seen = await livenessOf(lab, lab.pictures.nobody);
      if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
      if (seen.reading.value.result !== "no_face") return fails("faces_miscounted");
      lab.learn("liveness_refusal", `${seen.status}|${seen.form}|${seen.contentType}|${apiMessages.noFaces}`);
      if (seen.form !== "result") return differs("form_differs");
      return seen.status === 200 ? passes : differs("status_differs");
    },
  },
  {
    ...faces,
    id: "face_detect",
    call: "POST face_detect",
    make: async (lab) => {
      const seen = await faceCountOf(lab, lab.pictures.face);
      if (!seen.answered || !seen.reading.ok) return judgeOtherPackage(seen) ?? judgeFailure(seen) ?? passes;
      return seen.reading.value.count === 1 ? passes : fails("faces_miscounted");
    },
  },
  {
    ...faces,
    id: "check_icao",
    call: "POST check_icao",
    make: async (lab) => {
      const seen = await icaoOf(lab, lab.pictures.face);
      return judgeOtherPackage(seen) ?? judgeFailure(seen) ?? passes;
    },
  },
];

async function match(lab: Lab, other: "faceAgain" | "otherFace", isGenuine: boolean): Promise<Judgement> {
  const [a = "", b = ""] = [lab.templates.get("face"), lab.templates.get(other)];
  const seen = await matchOf(lab, a, b);
  if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
  const { genuine, score } = seen.reading.value;
  if (genuine !== isGenuine) return fails(isGenuine ? "not_matched" : "stranger_matched");
  const before = lab.known("score_range");
  const written = String(Math.round(score * 100) / 100);
  lab.learn("score_range", before === undefined ? written : `${written}..${before}`);
  return before !== undefined && score >= Number(before) ? differs("score_runs_down") : passes;
}
