import { createCaller, type Result } from "./call.ts";
import type {
  Comparison,
  ComparisonInput,
  Enrollment,
  EnrollmentInput,
  LegacyOutcomeInput,
  Login,
  LoginInput,
  PassedOn,
  RecaptureInput,
  ReportInput,
  RequestInput,
  Verification,
  VerificationInput,
} from "./contract.ts";

export type GatehouseOptions = {
  /** Where the gateway is, such as `https://gatehouse.company.example`. */
  url: string;
  /** The application's key. It belongs on your server and never into a browser or an app. */
  key: string;
  /** Language of the texts made to be shown, `en` or `pt-BR`. */
  locale?: string;
  /** Longest time for a login's call, its repeats included. The gateway itself ends at about 3 s. */
  timeoutMs?: number;
};

/** Everything an application asks of the gateway. Nothing here throws for anything the gateway does or does not do. */
export type Gatehouse = {
  enroll(input: EnrollmentInput): Promise<Result<Enrollment>>;
  /** Replaces the pictures of an enrolled person. */
  recapture(input: RecaptureInput): Promise<Result<Enrollment>>;
  /** Opens a login; with a picture it is tried at once. */
  openLogin(input: LoginInput): Promise<Result<Login>>;
  tryLogin(loginId: string, input: VerificationInput): Promise<Result<Verification>>;
  /** Tells how the old way ended, so that both ways are compared fairly. */
  endLegacy(loginId: string, input: LegacyOutcomeInput): Promise<Result<null>>;
  report(loginId: string, input: ReportInput): Promise<Result<null>>;
  compare(input: ComparisonInput): Promise<Result<Comparison>>;
  passOnRequest(input: RequestInput): Promise<Result<PassedOn>>;
  followRequest(id: string): Promise<Result<PassedOn>>;
};

const LOGIN_MS = 8_000;
/** Enrolling may take the gateway two calls of the API of 10 s each. */
const ENROLLMENT_MS = 30_000;

/** A client of one gateway with the key of one application. */
export function createGatehouse({ timeoutMs = LOGIN_MS, ...access }: GatehouseOptions): Gatehouse {
  const call = createCaller(access);
  const slow = Math.max(timeoutMs, ENROLLMENT_MS);
  const login = (id: string, what: string) => `/v1/logins/${encodeURIComponent(id)}/${what}`;
  return {
    enroll: (input) => call<Enrollment>("POST", "/v1/enrollments", input, slow),
    recapture: (input) => call<Enrollment>("PUT", "/v1/enrollments", input, slow),
    openLogin: (input) => call<Login>("POST", "/v1/logins", input, timeoutMs),
    tryLogin: (id, input) => call<Verification>("POST", login(id, "verifications"), input, timeoutMs),
    endLegacy: (id, input) => call<null>("POST", login(id, "legacy-outcome"), input, timeoutMs),
    report: (id, input) => call<null>("POST", login(id, "reports"), input, timeoutMs),
    compare: (input) => call<Comparison>("POST", "/v1/comparisons", input, timeoutMs),
    passOnRequest: (input) => call<PassedOn>("POST", "/v1/requests", input, timeoutMs),
    followRequest: (id) => call<PassedOn>("GET", `/v1/requests/${encodeURIComponent(id)}`, null, timeoutMs),
  };
}
