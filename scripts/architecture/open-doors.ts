/**
 * Pages, routes and loaders that ask for no permission, each with its reason: a file, or a loader as `file#name`.
 * Whatever is not here asks for one, and what is here and asks for one after all is refused too.
 */
export const OPEN_DOORS: Readonly<Record<string, string>> = {
  "app/(console)/settings/page.tsx":
    "shows nothing: it leads to the first part the role may open, whose loader asks, and refuses who may open none",
  "app/sign-in/page.tsx": "whoever signs in is nobody yet",
  "app/invitation/page.tsx": "whoever comes with a link is nobody yet",
  "app/campaign/page.tsx": "whoever comes with a tester's link is nobody of the console",
  "app/sample/page.tsx": "a company's own login page: its readers are no members of the console",
  "app/sample/api/enrollments/route.ts":
    "the sample's page calls it; the gateway asks for an application's key",
  "app/sample/api/logins/route.ts": "the sample's page calls it; the gateway asks for an application's key",
  "app/sample/api/passwords/route.ts":
    "the sample's page calls it; the gateway asks for an application's key",
  "app/sample/api/verifications/route.ts":
    "the sample's page calls it; the gateway asks for an application's key",
  "app/sample/faces/[face]/route.ts":
    "made-up faces of an open package, for trying the sample without a camera",
  "app/api/auth/[...nextauth]/route.ts":
    "signing in and out: next-auth's own calls, throttled by openSession",
  "app/api/health/route.ts": "a load balancer has no session; it tells up or down and nothing else",
  "app/api/invitations/examine/route.ts": "the token of a link is what its holder has to show",
  "app/api/invitations/accept/route.ts": "the token of a link is what its holder has to show",
  "app/api/campaigns/examine/route.ts": "the token of a link is what a tester has to show",
  "app/api/campaigns/consent/route.ts": "the token of a link is what a tester has to show",
  "app/api/campaigns/enrol/route.ts":
    "the token of a link is what a tester has to show; it bounds what may be called",
  "app/api/campaigns/try/route.ts":
    "the token of a link is what a tester has to show; it bounds what may be called",
  "app/api/campaigns/leave/route.ts": "the token of a link is what a tester has to show",
  "app/api/preferences/route.ts": "a language and an appearance for this browser; it knows no account",
  "app/models/[file]/route.ts": "weights of an open package that the sample's capture needs too",
  "lib/auth/loaders.ts#loadAdministratorNames":
    "tells whom to ask for a right, and who asks must have none yet",
  "lib/sample-data/loaders.ts#loadSampleData":
    "every reader of a figure must know that part of it is made up",
  "lib/inbox/loaders.ts#loadOpenCount":
    "the frame of every page: one number, and none for a role that may not read requests",
  "lib/service-health/loaders.ts#loadExposure":
    "the strip of every page: one number and whether logins are halted",
  "lib/service-health/loaders.ts#loadPartChecks": "it tells up or down and nothing else, also to /api/health",
};
