import { apiMessages } from "#lib/multibiometrics/schema.ts";
import { namesIn } from "./answer-form.ts";
import { deleteAs, enrolAs, updateAs, verifyAs } from "./asks.ts";
import type { Check } from "./check.ts";
import { differs, fails, type Judgement, judgeFailure, judgeRefusal, passes } from "./judge.ts";
import type { Lab, Seen } from "./lab.ts";
import { judgeAndLearn, refusalOf } from "./transport-checks.ts";
import type { CheckId } from "./types.ts";

const EXISTS = refusalOf("custom_id_exists", apiMessages.customIdExists);
const NOT_FOUND = refusalOf("person_not_found", apiMessages.personNotFound);
const UNUSABLE = refusalOf("capture_unusable", apiMessages.extractionFailed);

const write = (group: Check["group"], call: string, calls: number, ...needs: CheckId[]) => ({
  ...{ group, call, calls, writes: true, needs },
});
/** Of the person that the first of these checks enrols. */
const verify = (...needs: CheckId[]) => write("verify", "POST verify", 1, "enrol", ...needs);

/** Everything that makes, changes, compares or deletes a test person, in this order. */
export const peopleChecks: readonly Check[] = [
  {
    id: "enrol",
    ...write("enroll", "POST enroll", 1, "no_biometrics"),
    make: async (lab) => {
      const { face, finger2, finger7 } = lab.pictures;
      const seen = await enrolAs(lab, lab.ids.main, { face, fingers: { 2: finger2, 7: finger7 } });
      if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
      lab.learn("client_id", namesIn(seen.body, "Person").includes("ClientID") ? "sent" : "absent");
      lab.learn("success_flag", namesIn(seen.body).includes("Success") ? "sent" : "absent");
      if (seen.status !== 200) return differs("status_differs");
      return seen.reading.value.bioPassId === null ? differs("no_biopass_id") : passes;
    },
  },
  {
    id: "enrol_twice",
    ...write("enroll", "POST enroll", 1, "enrol"),
    make: async (lab) => {
      const seen = await enrolAs(lab, lab.ids.main, { face: lab.pictures.face });
      return judgeAndLearn(lab, "custom_id_exists", EXISTS, seen);
    },
  },
  {
    id: "black_picture",
    ...write("enroll", "POST enroll", 1, "no_biometrics"),
    make: async (lab) => {
      const seen = await enrolAs(lab, lab.ids.black, { face: lab.pictures.black });
      return judgeAndLearn(lab, "unusable_face", UNUSABLE, seen);
    },
  },
  {
    id: "unusable_finger",
    ...write("enroll", "POST enroll", 1, "no_biometrics"),
    make: async (lab) => {
      const { face, black } = lab.pictures;
      const seen = await enrolAs(lab, lab.ids.half, { face, fingers: { 2: black } });
      const isKept = seen.answered && seen.reading.ok;
      const judged = isKept ? differs("keeps_usable") : judgeRefusal(EITHER_UNUSABLE, seen);
      if (judged.verdict !== "fail") lab.learn("unusable_finger", isKept ? "kept" : "refused");
      return judged;
    },
  },
  {
    id: "verify_right",
    ...verify(),
    make: async (lab) =>
      judgeMatch(await verifyAs(lab, lab.ids.main, { face: lab.pictures.faceAgain }), true),
  },
  {
    id: "verify_wrong",
    ...verify(),
    make: async (lab) =>
      judgeMatch(await verifyAs(lab, lab.ids.main, { face: lab.pictures.otherFace }), false),
  },
  {
    id: "verify_fingers",
    ...verify(),
    make: async (lab) => {
      const { finger2Again, finger7Again } = lab.pictures;
      const seen = await verifyAs(lab, lab.ids.main, { fingers: { 2: finger2Again, 7: finger7Again } });
      const judged = judgeMatch(seen, true);
      if (judged.verdict === "fail" || !seen.answered || !seen.reading.ok) return judged;
      const { listedFingers, nonMatchedFingers } = seen.reading.value;
      if (nonMatchedFingers.length > 0) return fails("not_matched");
      lab.learn("fingers_listed", listedFingers.length > 0 ? "never_sent_too" : "sent_only");
      return listedFingers.length > 0 ? differs("lists_never_sent") : judged;
    },
  },
  {
    id: "verify_mixed",
    ...verify("verify_right"),
    make: async (lab) => {
      const { faceAgain, otherFinger } = lab.pictures;
      const seen = await verifyAs(lab, lab.ids.main, { face: faceAgain, fingers: { 2: otherFinger } });
      if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
      const { match, nonMatchedFingers } = seen.reading.value;
      if (!nonMatchedFingers.includes(2)) return fails("stranger_matched");
      lab.learn("match_rule", match ? "any" : "all");
      return match ? differs("any_is_enough") : passes;
    },
  },
  {
    id: "verify_not_enrolled",
    ...verify("verify_right", "verify_mixed"),
    make: async (lab) => {
      const { faceAgain, finger7Again } = lab.pictures;
      const seen = await verifyAs(lab, lab.ids.main, { face: faceAgain, fingers: { 3: finger7Again } });
      if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
      const { match } = seen.reading.value;
      // Where any match is enough the face alone explains it, and nothing is learnt of the finger.
      if (lab.known("match_rule") === "any") return match ? differs("any_is_enough") : passes;
      lab.learn("not_enrolled", match ? "ignored" : "no_match");
      return match ? differs("ignores_not_enrolled") : passes;
    },
  },
  {
    id: "update_face",
    ...write("update", "PUT update", 3, "verify_fingers"),
    make: updateFace,
  },
  {
    id: "update_unknown",
    ...write("update", "PUT update", 1, "no_biometrics"),
    make: async (lab) =>
      judgeRefusal(NOT_FOUND, await updateAs(lab, lab.ids.nobody, { face: lab.pictures.face })),
  },
];

/** What ends the test person's life, and begins it once more; what is left is cleared away after the run. */
export const deletionChecks: readonly Check[] = [
  {
    id: "delete",
    ...write("delete", "DELETE delete", 1, "enrol"),
    make: async (lab) => {
      const seen = await deleteAs(lab, lab.ids.main);
      const failure = judgeFailure(seen);
      if (failure !== null) return failure;
      return seen.answered && seen.status !== 200 ? differs("status_differs") : passes;
    },
  },
  {
    id: "delete_again",
    ...write("delete", "DELETE delete", 1, "delete"),
    make: async (lab) => judgeRefusal(NOT_FOUND, await deleteAs(lab, lab.ids.main)),
  },
  {
    id: "enrol_again",
    ...write("enroll", "POST enroll", 1, "delete_again"),
    make: async (lab) => {
      const seen = await enrolAs(lab, lab.ids.main, { face: lab.pictures.face });
      const isSpent = seen.answered && !seen.reading.ok && seen.reading.code === "custom_id_exists";
      const failure = isSpent ? null : judgeFailure(seen);
      if (failure !== null) return failure;
      lab.learn("enrol_again", isSpent ? "refused" : "allowed");
      return isSpent ? differs("id_is_spent") : passes;
    },
  },
];

/** A finger's own text is not public. */
const EITHER_UNUSABLE = refusalOf(
  "capture_unusable",
  apiMessages.extractionFailed,
  "Failed to extract fingerprint template",
  "Failed to extract finger template",
);

function judgeMatch(seen: Seen<{ match: boolean }>, expected: boolean): Judgement {
  if (!seen.answered || !seen.reading.ok) return judgeFailure(seen) ?? passes;
  if (seen.reading.value.match !== expected) return fails(expected ? "not_matched" : "stranger_matched");
  return seen.status === 200 ? passes : differs("status_differs");
}

/** Replaces the face alone, then asks for the fingers, which nobody sent, and for the face of before. */
async function updateFace(lab: Lab): Promise<Judgement> {
  const { otherFace, faceAgain, finger2Again, finger7Again } = lab.pictures;
  const failure = judgeFailure(await updateAs(lab, lab.ids.main, { face: otherFace }));
  if (failure !== null) return failure;
  const fingers = { 2: finger2Again, 7: finger7Again };
  const kept = await verifyAs(lab, lab.ids.main, { fingers });
  const old = await verifyAs(lab, lab.ids.main, { face: faceAgain });
  const trouble = judgeFailure(kept) ?? judgeFailure(old);
  if (trouble !== null) return trouble;
  if (old.answered && old.reading.ok && old.reading.value.match) return fails("old_face_matches");
  const isMerged = kept.answered && kept.reading.ok && kept.reading.value.match;
  lab.learn("update", isMerged ? "merges" : "replaces");
  return { ...(isMerged ? passes : differs("replaces_everything")), decisive: 1 };
}
