import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { LegacyReason, Purpose } from "#lib/logins/schema.ts";
import type {
  EnrolAnswer,
  Exchange,
  OpenAnswer,
  PasswordAnswer,
  SampleFailed,
  TryAnswer,
} from "#lib/sample/types.ts";
import type { By, SampleMessage, SampleView } from "./types.ts";

export const START: SampleView = {
  step: { at: "start" },
  purpose: "login",
  inBy: null,
  shown: null,
  message: null,
  sending: false,
  login: null,
  tries: [],
  exchanges: [],
  round: 0,
  reported: null,
};

export type SampleEvent =
  | { type: "sending" }
  | { type: "start_over" }
  | { type: "ask_consent"; replace: boolean }
  | { type: "consented" }
  | { type: "enrolled"; answer: EnrolAnswer }
  | { type: "opened"; purpose: Purpose; answer: OpenAnswer }
  | { type: "tried"; answer: TryAnswer }
  | { type: "choose_password"; reason: LegacyReason }
  | { type: "password_checked"; answer: PasswordAnswer }
  /** A member who is in does not confirm the payment. */
  | { type: "leave_payment" }
  /** A developer wants to see an answer; null goes back to what happened. */
  | { type: "show"; code: FeedbackCode | null };

/** What the page shows after an event. Whatever fails, the password stays open. */
export function nextView(before: SampleView, event: SampleEvent): SampleView {
  if (event.type === "show") return { ...before, shown: event.code };
  const view = { ...before, shown: null };
  switch (event.type) {
    case "sending":
      return { ...view, sending: true, message: null };
    case "start_over":
      return { ...START, exchanges: view.exchanges };
    case "ask_consent":
      return { ...START, exchanges: view.exchanges, step: { at: "consent", replace: event.replace } };
    case "consented":
      return view.step.at === "consent" ? { ...view, step: { ...view.step, at: "enrol" } } : view;
    case "enrolled":
      return afterEnrolment(heard(view, event.answer.exchange), event.answer);
    case "opened":
      return afterOpening(heard(asking(view, event.purpose), event.answer.exchange), event.answer);
    case "tried":
      return afterTry(heard(view, event.answer.exchange), event.answer);
    case "choose_password":
      return { ...view, sending: false, message: null, step: { at: "password", reason: event.reason } };
    case "password_checked":
      return afterPassword(heard(view, ...event.answer.exchanges), event.answer);
    case "leave_payment":
      return view.inBy === null
        ? view
        : { ...START, exchanges: view.exchanges, step: { at: "in", by: view.inBy } };
  }
}

/** A new login begins; to confirm a payment the member is in already. */
function asking(view: SampleView, purpose: Purpose): SampleView {
  const inBy = view.step.at === "in" ? view.step.by : view.inBy;
  return {
    ...START,
    exchanges: view.exchanges,
    purpose,
    inBy: purpose === "transaction" ? inBy : null,
  };
}

/** What the member came for is done. */
const done = (view: SampleView, by: By): SampleView => ({
  ...view,
  step: { at: view.purpose === "transaction" ? "paid" : "in", by },
});

const heard = (view: SampleView, ...exchanges: (Exchange | null)[]): SampleView => ({
  ...view,
  sending: false,
  message: null,
  round: view.round + 1,
  exchanges: [...view.exchanges, ...exchanges.filter((exchange) => exchange !== null)],
});

const told = ({ code, feedback }: SampleFailed): SampleMessage =>
  feedback === null ? { from: "page", code } : { from: "gateway", feedback, tone: "bad" };

function afterEnrolment(view: SampleView, answer: EnrolAnswer): SampleView {
  if (!answer.ok) return { ...view, message: told(answer) };
  const message: SampleMessage = { from: "gateway", feedback: answer.feedback, tone: "ok" };
  return { ...view, step: { at: "enrolled" }, message };
}

function afterOpening(view: SampleView, answer: OpenAnswer): SampleView {
  if (!answer.ok) return { ...view, step: { at: "password", reason: "told_to" }, message: told(answer) };
  const { loginId: id, path, reason, attemptsLeft, feedback } = answer;
  const opened = { ...view, login: { id, path, reason, attemptsLeft } };
  if (path === "biometric") return { ...opened, step: { at: "login" } };
  const message: SampleMessage = { from: "gateway", feedback, tone: "warn" };
  return { ...opened, step: { at: "password", reason: "told_to" }, message };
}

function afterTry(view: SampleView, answer: TryAnswer): SampleView {
  const made = {
    decision: answer.ok ? answer.decision : null,
    reason: answer.ok ? answer.reason : null,
    feedbackCode: answer.ok ? answer.feedback.code : (answer.exchange?.problemCode ?? null),
    latencyMs: answer.exchange?.latencyMs ?? null,
  };
  const tried = { ...view, tries: [...view.tries, made] };
  if (!answer.ok) return { ...tried, step: { at: "password", reason: "told_to" }, message: told(answer) };
  const { decision, attemptsLeft, feedback } = answer;
  const counted = { ...tried, login: view.login && { ...view.login, attemptsLeft } };
  if (decision === "approved") {
    return { ...done(counted, "biometric"), message: { from: "gateway", feedback, tone: "ok" } };
  }
  const message: SampleMessage = {
    from: "gateway",
    feedback,
    tone: decision === "use_legacy" ? "warn" : "bad",
  };
  if (decision === "retry_capture") return { ...counted, message };
  return { ...counted, step: { at: "password", reason: "told_to" }, message };
}

function afterPassword(view: SampleView, answer: PasswordAnswer): SampleView {
  const reported = answer.reported ?? view.reported;
  if (answer.result === "in") {
    const unheard = answer.reported !== null && !answer.reported.heard;
    return {
      ...done(view, "password"),
      reported,
      message: unheard ? { from: "page", code: "unheard" } : null,
    };
  }
  const message: SampleMessage =
    answer.result === "wrong"
      ? { from: "page", code: "wrong_password" }
      : { from: "page", code: "wait", waitSeconds: answer.waitSeconds };
  // The reported login is over: whatever follows belongs to a new one.
  return { ...view, reported, message, login: answer.reported === null ? view.login : null };
}
