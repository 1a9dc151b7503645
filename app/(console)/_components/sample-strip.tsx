import { RemoveSampleData } from "#components/sample-data/remove-sample-data.tsx";
import { SampleMark } from "#components/sample-data/sample-mark.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { grantOf } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";
import { loadSampleData } from "#lib/sample-data/loaders.ts";
import { removeSampleDataAction } from "../actions.ts";

/** The mark of sample data, with the way to remove it for those who may; nothing where there is none. */
export async function SampleStrip({ role }: { role: Role }) {
  const sample = await loadSampleData();
  if (sample === null) return null;
  const { people, logins, verifications, days } = sample;
  const remove = (
    <ClientMessages rooms={["sampleData"]}>
      <RemoveSampleData figures={{ people, logins, verifications, days }} remove={removeSampleDataAction} />
    </ClientMessages>
  );
  return <SampleMark sample={sample} remove={grantOf(role, "sample_data.remove") ? remove : null} />;
}
