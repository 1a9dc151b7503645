import { createUnleashAdmin, type UnleashAdminOptions } from "./admin.ts";
import { ensureFlag, type Place, type PrepareFailure } from "./ensure-flag.ts";
import { ensureSurroundings } from "./ensure-surroundings.ts";
import { GRADUAL } from "./live-flag.ts";
import { loginFlag, MASTER } from "./wanted-flags.ts";

export type PrepareRolloutOptions = UnleashAdminOptions & {
  environment: string;
  /** 0 leaves the flag off; 100 is for the embedded trial, where the first login of anyone who enrols must work. */
  initialExposurePercent: 0 | 100;
};

export type PreparedRollout =
  | {
      ok: true;
      /** False when people were in charge of the flag already, so that it was only read. */
      isNew: boolean;
      isOn: boolean;
      /** The percentage of the gradual strategy as Unleash has it; null when there is no such strategy. */
      exposurePercent: number | null;
    }
  | PrepareFailure;

const place = { project: "default" };

/**
 * Makes the flag `biometric-login` with all it needs, in the order that can release it to nobody by accident, and
 * may be repeated at every start: what exists is left as it is, above all percentages and switches. Not to be run
 * twice at the same time.
 */
export async function prepareRollout(options: PrepareRolloutOptions): Promise<PreparedRollout> {
  const admin = createUnleashAdmin(options);
  const where: Place = { ...place, environment: options.environment };
  const segment = await ensureSurroundings(admin, where, { mendsSegment: false });
  if (!segment.ok) return segment;
  const master = await ensureFlag(admin, where, MASTER);
  if (!master.ok) return master;
  const { initialExposurePercent } = options;
  const wanted = loginFlag(segment.value, initialExposurePercent);
  const login = await ensureFlag(admin, where, { ...wanted, switchOn: initialExposurePercent > 0 });
  if (!login.ok) return login;
  const gradual = login.environment.strategies.find(({ title }) => title === GRADUAL);
  const percent = Number(gradual?.parameters.rollout ?? Number.NaN);
  return {
    ok: true,
    isNew: login.isNew,
    isOn: login.environment.enabled,
    exposurePercent: Number.isNaN(percent) ? null : percent,
  };
}
