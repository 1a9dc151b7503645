import type { ReadEntry } from "#lib/audit-log/types.ts";
import { grantOf, type Permission } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";

type Place = {
  name: "person" | "application" | "policies" | "retention" | "notifications" | "campaign";
  href: string;
};

/** Where the thing that an entry is about can be seen, if there is such a page and the role may open it. */
export function placeOfObject({ entityType, entityId, details }: ReadEntry, role: Role): Place | null {
  const open = (permission: Permission, place: Place): Place | null =>
    grantOf(role, permission) === null ? null : place;
  const application = (id: unknown) =>
    open("applications.read", { name: "application", href: `/settings/applications?application=${id}` });
  const campaign = (id: unknown) =>
    open("integration.read", { name: "campaign", href: `/integration/campaigns/${id}` });
  switch (entityType) {
    case "person":
      return entityId === null ? null : open("person.view", { name: "person", href: `/people/${entityId}` });
    case "application":
      return application(entityId);
    case "application_key":
      return application(details.applicationId);
    case "policy":
      return open("policies.read", { name: "policies", href: "/settings/policies" });
    case "retention":
    case "history":
      return open("retention.read", { name: "retention", href: "/settings/retention" });
    case "campaign":
      return campaign(entityId);
    case "campaign_tester":
      return campaign(details.campaignId);
    case "notification_target":
      return open("notifications.read", { name: "notifications", href: "/settings/notifications" });
    default:
      return null;
  }
}
