import type { Role } from "#lib/members/schema.ts";

/**
 * How much of a page or an act a role gets. `masked`: identifiers show their last four characters; `figures`: counts
 * and rates only; `no_identifiers`: rows without CustomIDs; `small_hidden`: figures whose cells under 5 are hidden;
 * `own_area`: what concerns the role's own work.
 */
export type Grant = "full" | "masked" | "figures" | "no_identifiers" | "small_hidden" | "own_area";

/** Who is given an act: members by their role, and the company's applications that call the gateway with a key. */
export type Holder = Role | "application";

type Rule = {
  /** A holder that is not named may not. */
  may: Partial<Record<Holder, Grant>>;
  /** Who gets it in full proves who they are again, unless they did within the last minutes. */
  stepUp?: true;
  /** It takes effect only with the consent of somebody who neither began nor assessed it. */
  secondPerson?: true;
};

const EVERYONE = {
  administrator: "full",
  compliance_officer: "full",
  product_manager: "full",
  viewer: "full",
} as const;

const APPLICATIONS = { application: "full" } as const;

/**
 * Who may do what: the whole policy of console and gateway, one rule per act. Actions, loaders, routes of both and tests
 * read it here.
 */
export const POLICY = {
  "session.end": { may: EVERYONE },
  /** One's own account: to see it and to set up a first code app. */
  "account.read": { may: EVERYONE },
  "account.set_up": { may: EVERYONE },
  "account.change": { may: EVERYONE, stepUp: true },
  "overview.read": { may: { ...EVERYONE, viewer: "small_hidden" } },
  "fallback.read": { may: { ...EVERYONE, viewer: "small_hidden" } },
  "service_health.read": { may: { ...EVERYONE, viewer: "small_hidden" } },
  "people.search": { may: { administrator: "full", compliance_officer: "full", viewer: "masked" } },
  "people.export": { may: { administrator: "full", compliance_officer: "full" }, stepUp: true },
  "person.view": { may: { administrator: "full", compliance_officer: "full", viewer: "masked" } },
  "person.verify": { may: { administrator: "full" } },
  "person.recapture": { may: { administrator: "full" } },
  "person.delete": { may: { administrator: "full" }, stepUp: true, secondPerson: true },
  "verifications.read": {
    may: {
      administrator: "full",
      compliance_officer: "full",
      product_manager: "figures",
      viewer: "no_identifiers",
    },
  },
  /** One by itself, which is no figure. */
  "verification.view": {
    may: { administrator: "full", compliance_officer: "full", viewer: "no_identifiers" },
  },
  "verifications.export": {
    may: { administrator: "full", compliance_officer: "full", product_manager: "figures" },
    stepUp: true,
  },
  /** Of one's own; whoever reads the room opens those of others by their links. */
  "views.change": { may: EVERYONE },
  "request.read": { may: { administrator: "full", compliance_officer: "full" } },
  "request.open": { may: { administrator: "full", compliance_officer: "full" } },
  "request.withdraw": { may: { administrator: "full", compliance_officer: "full" } },
  "request.assess": { may: { compliance_officer: "full" } },
  "request.decide": {
    may: { administrator: "full", compliance_officer: "full" },
    stepUp: true,
    secondPerson: true,
  },
  /** Inside an approved rectification alone. */
  "request.capture": { may: { administrator: "full", compliance_officer: "full" } },
  /** Pause, pace and go on of what two people approved. */
  "request.steer": { may: { administrator: "full", compliance_officer: "full" } },
  "hold.place": { may: { administrator: "full", compliance_officer: "full" } },
  "hold.release": {
    may: { administrator: "full", compliance_officer: "full" },
    stepUp: true,
    secondPerson: true,
  },
  "person.unblock": { may: { administrator: "full", compliance_officer: "full" }, stepUp: true },
  "people.import": { may: { administrator: "full" }, stepUp: true },
  "rollout.read": { may: EVERYONE },
  "rollout.change": { may: { product_manager: "full" } },
  "rollout.advance_past_half": { may: { product_manager: "full" }, stepUp: true },
  /** Of a rollout that runs: a wider margin, or a gate that no longer holds, lets through what was held. */
  "rollout.change_plan": { may: { product_manager: "full" }, stepUp: true },
  "rollout.halt": { may: { administrator: "full", compliance_officer: "full", product_manager: "full" } },
  /** An installation may have no product manager; whoever halted it must not be locked out. */
  "rollout.release_halt": { may: { administrator: "full", product_manager: "full" }, stepUp: true },
  /** Who is offered the path first. Whoever keeps the list sees no more of a CustomID than its end: people are not theirs. */
  "early_adopters.read": {
    may: {
      administrator: "full",
      compliance_officer: "full",
      product_manager: "masked",
      viewer: "masked",
    },
  },
  "early_adopters.change": { may: { product_manager: "full" } },
  /** What becomes of biometrics enrolled during a rollout that was rolled back. */
  "rollout.settle_templates": { may: { compliance_officer: "full", product_manager: "full" }, stepUp: true },
  "false_accept.report": {
    may: { administrator: "full", compliance_officer: "full", product_manager: "full" },
  },
  "legacy_probe.change": { may: { administrator: "full", product_manager: "full" }, stepUp: true },
  /** Whether the integration is right, and what its developers need. */
  "integration.read": { may: EVERYONE },
  /** It spends calls of the company's plan and makes test people at the API, which it deletes again. */
  "integration.run": { may: { administrator: "full" } },
  /** Testers are enrolled at the API for it, and links handed to people outside of the console. */
  "campaign.change": { may: { administrator: "full" }, stepUp: true },
  /** The report for the provider names single calls, which a reader of figures alone may not count. */
  "incident.report": { may: { administrator: "full", compliance_officer: "full", product_manager: "full" } },
  /** Holds the circuit of the gateways open by hand, or gives it back: biometrics stop for everybody meanwhile. */
  "circuit.change": { may: { administrator: "full" }, stepUp: true },
  "applications.read": { may: { administrator: "full", product_manager: "full" } },
  "applications.change": { may: { administrator: "full" }, stepUp: true },
  "policies.read": { may: { administrator: "full", product_manager: "full" } },
  "policies.change": { may: { administrator: "full" }, stepUp: true },
  "retention.read": { may: { administrator: "full", compliance_officer: "full" } },
  "retention.change": { may: { administrator: "full" }, stepUp: true },
  "notifications.read": { may: { administrator: "full" } },
  "notifications.change": { may: { administrator: "full" }, stepUp: true },
  "members.read": { may: { administrator: "full" } },
  "members.change": { may: { administrator: "full" }, stepUp: true },
  "audit.read": {
    may: { administrator: "own_area", compliance_officer: "full", product_manager: "own_area" },
  },
  "audit.verify": { may: { administrator: "full", compliance_officer: "full" } },
  "audit.export": { may: { compliance_officer: "full" }, stepUp: true },
  "sample_data.remove": { may: { administrator: "full" }, stepUp: true },
  /** The gateway's calls. */
  "enrolment.create": { may: APPLICATIONS },
  "enrolment.replace": { may: APPLICATIONS },
  "login.open": { may: APPLICATIONS },
  "login.verify": { may: APPLICATIONS },
  "login.close": { may: APPLICATIONS },
  "login.report": { may: APPLICATIONS },
  "pictures.compare": { may: APPLICATIONS },
  /** A right its user wants to use, passed on, and how far it is. */
  "request.pass_on": { may: APPLICATIONS },
  "request.follow": { may: APPLICATIONS },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof POLICY;

/** What the holder gets of the act; null when it may not. */
export function grantOf(holder: Holder, permission: Permission): Grant | null {
  const { may }: Rule = POLICY[permission];
  return may[holder] ?? null;
}

/** Whether the act takes effect only with the consent of a second person. */
export function asksSecondPerson(permission: Permission): boolean {
  const { secondPerson }: Rule = POLICY[permission];
  return secondPerson === true;
}

/** Whether the role proves anew who it is before the act. */
export function asksProof(role: Role, permission: Permission): boolean {
  const { stepUp }: Rule = POLICY[permission];
  return stepUp === true && grantOf(role, permission) === "full";
}
