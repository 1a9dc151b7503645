import type { Locale } from "./locales.ts";
import enAccount from "./messages/en/account.json";
import enApplications from "./messages/en/applications.json";
import enAudit from "./messages/en/audit.json";
import enBatches from "./messages/en/batches.json";
import enCampaigns from "./messages/en/campaigns.json";
import enCapture from "./messages/en/capture.json";
import enCharts from "./messages/en/charts.json";
import enCircuit from "./messages/en/circuit.json";
import enCommon from "./messages/en/common.json";
import enDeveloperKit from "./messages/en/developer-kit.json";
import enEarlyAdopters from "./messages/en/early-adopters.json";
import enErrors from "./messages/en/errors.json";
import enFallback from "./messages/en/fallback.json";
import enHistoryExports from "./messages/en/history-exports.json";
import enIncident from "./messages/en/incident.json";
import enIntegrationChecks from "./messages/en/integration-checks.json";
import enInvitation from "./messages/en/invitation.json";
import enLegacyLogin from "./messages/en/legacy-login.json";
import enLetters from "./messages/en/letters.json";
import enLiveTail from "./messages/en/live-tail.json";
import enMembers from "./messages/en/members.json";
import enNotifications from "./messages/en/notifications.json";
import enOverview from "./messages/en/overview.json";
import enPeople from "./messages/en/people.json";
import enPeopleImport from "./messages/en/people-import.json";
import enPolicies from "./messages/en/policies.json";
import enProof from "./messages/en/proof.json";
import enRequest from "./messages/en/request.json";
import enRequests from "./messages/en/requests.json";
import enRetention from "./messages/en/retention.json";
import enRollout from "./messages/en/rollout.json";
import enSample from "./messages/en/sample.json";
import enSampleData from "./messages/en/sample-data.json";
import enSavedViews from "./messages/en/saved-views.json";
import enServiceHealth from "./messages/en/service-health.json";
import enSettings from "./messages/en/settings.json";
import enShell from "./messages/en/shell.json";
import enSignIn from "./messages/en/sign-in.json";
import enStates from "./messages/en/states.json";
import enTemplates from "./messages/en/templates.json";
import enTerms from "./messages/en/terms.json";
import enTester from "./messages/en/tester.json";
import enVerification from "./messages/en/verification.json";
import enVerifications from "./messages/en/verifications.json";
import ptAccount from "./messages/pt-BR/account.json";
import ptApplications from "./messages/pt-BR/applications.json";
import ptAudit from "./messages/pt-BR/audit.json";
import ptBatches from "./messages/pt-BR/batches.json";
import ptCampaigns from "./messages/pt-BR/campaigns.json";
import ptCapture from "./messages/pt-BR/capture.json";
import ptCharts from "./messages/pt-BR/charts.json";
import ptCircuit from "./messages/pt-BR/circuit.json";
import ptCommon from "./messages/pt-BR/common.json";
import ptDeveloperKit from "./messages/pt-BR/developer-kit.json";
import ptEarlyAdopters from "./messages/pt-BR/early-adopters.json";
import ptErrors from "./messages/pt-BR/errors.json";
import ptFallback from "./messages/pt-BR/fallback.json";
import ptHistoryExports from "./messages/pt-BR/history-exports.json";
import ptIncident from "./messages/pt-BR/incident.json";
import ptIntegrationChecks from "./messages/pt-BR/integration-checks.json";
import ptInvitation from "./messages/pt-BR/invitation.json";
import ptLegacyLogin from "./messages/pt-BR/legacy-login.json";
import ptLetters from "./messages/pt-BR/letters.json";
import ptLiveTail from "./messages/pt-BR/live-tail.json";
import ptMembers from "./messages/pt-BR/members.json";
import ptNotifications from "./messages/pt-BR/notifications.json";
import ptOverview from "./messages/pt-BR/overview.json";
import ptPeople from "./messages/pt-BR/people.json";
import ptPeopleImport from "./messages/pt-BR/people-import.json";
import ptPolicies from "./messages/pt-BR/policies.json";
import ptProof from "./messages/pt-BR/proof.json";
import ptRequest from "./messages/pt-BR/request.json";
import ptRequests from "./messages/pt-BR/requests.json";
import ptRetention from "./messages/pt-BR/retention.json";
import ptRollout from "./messages/pt-BR/rollout.json";
import ptSample from "./messages/pt-BR/sample.json";
import ptSampleData from "./messages/pt-BR/sample-data.json";
import ptSavedViews from "./messages/pt-BR/saved-views.json";
import ptServiceHealth from "./messages/pt-BR/service-health.json";
import ptSettings from "./messages/pt-BR/settings.json";
import ptShell from "./messages/pt-BR/shell.json";
import ptSignIn from "./messages/pt-BR/sign-in.json";
import ptStates from "./messages/pt-BR/states.json";
import ptTemplates from "./messages/pt-BR/templates.json";
import ptTerms from "./messages/pt-BR/terms.json";
import ptTester from "./messages/pt-BR/tester.json";
import ptVerification from "./messages/pt-BR/verification.json";
import ptVerifications from "./messages/pt-BR/verifications.json";

const en = {
  campaigns: enCampaigns,
  capture: enCapture,
  account: enAccount,
  applications: enApplications,
  audit: enAudit,
  batches: enBatches,
  charts: enCharts,
  circuit: enCircuit,
  common: enCommon,
  developerKit: enDeveloperKit,
  earlyAdopters: enEarlyAdopters,
  errors: enErrors,
  fallback: enFallback,
  historyExports: enHistoryExports,
  incident: enIncident,
  integrationChecks: enIntegrationChecks,
  invitation: enInvitation,
  legacyLogin: enLegacyLogin,
  letters: enLetters,
  liveTail: enLiveTail,
  members: enMembers,
  notifications: enNotifications,
  overview: enOverview,
  people: enPeople,
  peopleImport: enPeopleImport,
  policies: enPolicies,
  proof: enProof,
  request: enRequest,
  requests: enRequests,
  retention: enRetention,
  rollout: enRollout,
  sample: enSample,
  sampleData: enSampleData,
  savedViews: enSavedViews,
  serviceHealth: enServiceHealth,
  settings: enSettings,
  shell: enShell,
  signIn: enSignIn,
  states: enStates,
  templates: enTemplates,
  terms: enTerms,
  tester: enTester,
  verification: enVerification,
  verifications: enVerifications,
};

/** One room of texts per file, so that rooms are written side by side without touching each other. */
export type Messages = typeof en;
export type Room = keyof Messages;

/** Every text of the console; a room missing in Portuguese does not compile, a missing key fails its test. */
export const MESSAGES: Record<Locale, Messages> = {
  en,
  "pt-BR": {
    campaigns: ptCampaigns,
    capture: ptCapture,
    account: ptAccount,
    applications: ptApplications,
    audit: ptAudit,
    batches: ptBatches,
    charts: ptCharts,
    circuit: ptCircuit,
    common: ptCommon,
    developerKit: ptDeveloperKit,
    earlyAdopters: ptEarlyAdopters,
    errors: ptErrors,
    fallback: ptFallback,
    historyExports: ptHistoryExports,
    incident: ptIncident,
    integrationChecks: ptIntegrationChecks,
    invitation: ptInvitation,
    legacyLogin: ptLegacyLogin,
    letters: ptLetters,
    liveTail: ptLiveTail,
    members: ptMembers,
    notifications: ptNotifications,
    overview: ptOverview,
    people: ptPeople,
    peopleImport: ptPeopleImport,
    policies: ptPolicies,
    proof: ptProof,
    request: ptRequest,
    requests: ptRequests,
    retention: ptRetention,
    rollout: ptRollout,
    sample: ptSample,
    sampleData: ptSampleData,
    savedViews: ptSavedViews,
    serviceHealth: ptServiceHealth,
    settings: ptSettings,
    shell: ptShell,
    signIn: ptSignIn,
    states: ptStates,
    templates: ptTemplates,
    terms: ptTerms,
    tester: ptTester,
    verification: ptVerification,
    verifications: ptVerifications,
  },
};
