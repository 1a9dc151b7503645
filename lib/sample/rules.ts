/** Shown on the page: whoever opens the sample is meant to use it. It guards nothing. */
export const SAMPLE_PASSWORD = "bruma-sample";
/** Opaque on purpose: a real document number would put personal data in the key. */
export const SAMPLE_MEMBER = "bruma-member-1001";

const WRONG_BEFORE_WAIT = 5;
const WAIT_MS = 60_000;
const MEMBERS_REMEMBERED = 1000;

export type PasswordThrottle = {
  /** `locked` is told once, when the wait begins; while it lasts even the right password gets `wait`. */
  judge(member: string, right: boolean, now: Date): "in" | "wrong" | "locked" | "wait";
  waitSeconds(member: string, now: Date): number;
};

/** After five wrong passwords a member waits a minute. The least recent members are forgotten beyond a thousand. */
export function createPasswordThrottle(): PasswordThrottle {
  const failures = new Map<string, { wrong: number; lastAtMs: number }>();
  const waitMs = (member: string, now: Date) => {
    const known = failures.get(member);
    if (known === undefined || known.wrong < WRONG_BEFORE_WAIT) return 0;
    return Math.max(0, known.lastAtMs + WAIT_MS - now.getTime());
  };
  return {
    judge(member, right, now) {
      if (waitMs(member, now) > 0) return "wait";
      const known = failures.get(member);
      failures.delete(member);
      if (right) return "in";
      const fresh = known === undefined || now.getTime() - known.lastAtMs > WAIT_MS;
      const wrong = fresh ? 1 : known.wrong + 1;
      failures.set(member, { wrong, lastAtMs: now.getTime() });
      const oldest = failures.keys().next();
      if (failures.size > MEMBERS_REMEMBERED && !oldest.done) failures.delete(oldest.value);
      return wrong >= WRONG_BEFORE_WAIT ? "locked" : "wrong";
    },
    waitSeconds: (member, now) => Math.ceil(waitMs(member, now) / 1000),
  };
}
