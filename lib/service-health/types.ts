/** How far biometric login is opened, by our own intent, and which gateways run on exactly that intent. */
export type Exposure = {
  exposurePercent: number;
  halted: boolean;
  confirmedGateways: number;
  runningGateways: number;
};

export type PartName = "gateway" | "api" | "database" | "unleash";

/** One part as it answered just now. */
export type PartCheck = { part: PartName; ok: boolean; latencyMs: number | null };
