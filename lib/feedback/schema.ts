/** Version of the texts in this folder's catalogues: the history stores it beside the code, never the text. */
export const CATALOGUE_VERSION = 1;

/** Everything the person in front of the camera can be told. */
export const FEEDBACK_CODES = [
  "enrollment_completed",
  "recapture_completed",
  "capture_now",
  "welcome",
  "not_matched",
  "not_matched_last",
  "finger_not_matched",
  "capture_again",
  "finger_again",
  "no_face",
  "several_faces",
  "come_closer",
  "centre_face",
  "too_dark",
  "too_bright",
  "blurred",
  "look_at_camera",
  "remove_glasses",
  "uncover_head",
  "uncover_face",
  "close_mouth",
  "open_eyes",
  "live_person_needed",
  "picture_unreadable",
  "picture_damaged",
  "picture_too_large",
  "picture_missing",
  "use_password",
  "use_password_this_time",
  "use_password_paused",
  "refused",
  "already_enrolled",
  "enroll_first",
  "enroll_later",
] as const;

export type FeedbackCode = (typeof FEEDBACK_CODES)[number];
/** What an application shows as it stands. */
export type Feedback = { code: FeedbackCode; text: string };
