import type { LegacyReason } from "#lib/logins/schema.ts";
import type {
  EnrolAnswer,
  Exchange,
  OpenAnswer,
  PasswordAnswer,
  SampleFailed,
  TryAnswer,
} from "#lib/sample/types.ts";
import type { SampleMessage, SampleView } from "./types.ts";

export const START: SampleView = {
  step: { at: "start" },
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
  | { type: "opened"; answer: OpenAnswer }
  | { type: "tried"; answer: TryAnswer }
  | { type: "choose_password"; reason: LegacyReason }
  | { type: "password_checked"; answer: PasswordAnswer };

/** What the page shows after an event. Whatever fails, the password stays open. */
export function nextView(view: SampleView, event: SampleEvent): SampleView {
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
      return afterOpening(
        heard({ ...START, exchanges: view.exchanges }, event.answer.exchange),
        event.answer,
      );
    case "tried":
      return afterTry(heard(view, event.answer.exchange), event.answer);
    case "choose_password":
      return { ...view, sending: false, message: null, step: { at: "password", reason: event.reason } };
    case "password_checked":
      return afterPassword(heard(view, ...event.answer.exchanges), event.answer);
  }
}

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
    feedbackCode: answer.ok ? answer.feedback.code : (answer.exchange?.problemCode ?? null),
    latencyMs: answer.exchange?.latencyMs ?? null,
  };
  const tried = { ...view, tries: [...view.tries, made] };
  if (!answer.ok) return { ...tried, step: { at: "password", reason: "told_to" }, message: told(answer) };
  const { decision, attemptsLeft, feedback } = answer;
  const counted = { ...tried, login: view.login && { ...view.login, attemptsLeft } };
  if (decision === "approved") {
    return {
      ...counted,
      step: { at: "in", by: "biometric" },
      message: { from: "gateway", feedback, tone: "ok" },
    };
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
      ...view,
      reported,
      step: { at: "in", by: "password" },
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
