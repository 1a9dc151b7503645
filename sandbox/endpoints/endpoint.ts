import type { Biometrics } from "../biometrics.ts";
import type { PersonStore } from "../person-store.ts";
import type { Refusal } from "../refusal.ts";
import type { SandboxSettings } from "../settings.ts";

export const endpointNames = [
  "enroll",
  "verify",
  "update",
  "delete",
  "extract",
  "match",
  "liveness",
  "face_detect",
  "check_icao",
] as const;
export type EndpointName = (typeof endpointNames)[number];

export type Answer = { status: number; body: object };

/** What every endpoint works with. */
export type Surroundings = { settings: SandboxSettings; biometrics: Biometrics; people: PersonStore };

export type Endpoint = {
  name: EndpointName;
  method: "POST" | "PUT" | "DELETE";
  url: string;
  run(body: unknown, around: Surroundings): Promise<Answer>;
  /** How a refusal is said, where it is not plain text. */
  refused?(refusal: Refusal, settings: SandboxSettings): Answer;
};
