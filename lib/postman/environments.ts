import type { EnvironmentValue, PostmanEnvironment } from "./types.ts";

const open = (key: string, value: string): EnvironmentValue => {
  return { key, value, type: "default", enabled: true };
};
/** Filled in by whoever uses it, and by nobody here. */
const secret = (key: string): EnvironmentValue => ({ key, value: "", type: "secret", enabled: true });

const environment = (name: string, values: EnvironmentValue[]): PostmanEnvironment => ({
  name,
  values,
  _postman_variable_scope: "environment",
});

/** `mayWrite` lets the folder run that enrols somebody; production's people are real. */
const ofApi = (name: string, baseUrl: string, mayWrite: "yes" | "no"): PostmanEnvironment =>
  environment(`Multibiometrics API: ${name}`, [
    open("baseUrl", baseUrl),
    secret("apiKey"),
    secret("qualityApiKey"),
    open("mayWrite", mayWrite),
  ]);

export const sandboxEnvironment = (baseUrl: string): PostmanEnvironment => ofApi("Sandbox", baseUrl, "yes");
export const stagingEnvironment = (): PostmanEnvironment =>
  ofApi("Staging", "https://hml-api.biopassid.com", "yes");
export const productionEnvironment = (): PostmanEnvironment =>
  ofApi("Production", "https://api.biopassid.com", "no");

export const gatewayEnvironment = (gatewayUrl: string): PostmanEnvironment =>
  environment("Gatehouse gateway", [open("gatewayUrl", gatewayUrl), secret("applicationKey")]);
