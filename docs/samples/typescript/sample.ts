// Enrolls a person with the first picture and logs them in with the others, as a camera would take them:
//   GATEHOUSE_URL=… GATEHOUSE_KEY=… sample.ts CUSTOM_ID ENROLLMENT_PICTURE LOGIN_PICTURE…
import { readFileSync } from "node:fs";
import { createGatehouse } from "../../../client/gatehouse.ts";

const { GATEHOUSE_URL: url = "http://127.0.0.1:4000", GATEHOUSE_KEY: key = "" } = process.env;
const gatehouse = createGatehouse({ url, key, locale: "en", timeoutMs: 5_000 });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Your login of today: it knows nothing of biometrics and works whatever is away. */
function legacyLogin(customId: string): boolean {
  say(`${customId} logs in with the password`);
  return true;
}

async function enroll(customId: string, face: string): Promise<void> {
  const result = await gatehouse.enroll({ customId, legalBasis: "lgpd_11_i_consent", face });
  if (result.kind === "done") return say(result.value.feedback.text);
  if (result.kind === "unavailable") return say("Not enrolled now; ask again after another login");
  // already_enrolled is no trouble; everything else has a text for the person or says what to mend.
  say(result.problem.feedback?.text ?? result.problem.detail);
}

async function endOldWay(
  customId: string,
  loginId: string | null,
  reason?: "chose_password",
): Promise<boolean> {
  const succeeded = legacyLogin(customId);
  if (loginId === null) return succeeded;
  const told = await gatehouse.endLegacy(loginId, { succeeded, ...(reason && { reason }) });
  say(`the gateway ${told.kind === "done" ? "knows" : "does not know"} how it ended`);
  return succeeded;
}

async function logIn(customId: string, pictures: string[]): Promise<boolean> {
  const opened = await gatehouse.openLogin({ customId, channel: "web" });
  // No answer, a key that ended, a mistake in our call: nobody is kept out for it.
  if (opened.kind !== "done") return endOldWay(customId, null);
  const { loginId, path, feedback } = opened.value;
  if (path === "legacy") return endOldWay(customId, loginId);
  say(feedback.text);
  for (const face of pictures) {
    const tried = await gatehouse.tryLogin(loginId, { face });
    if (tried.kind !== "done") return endOldWay(customId, loginId);
    const { decision, feedback } = tried.value;
    say(feedback.text);
    switch (decision) {
      case "approved":
        return true;
      case "rejected":
        return false;
      case "use_legacy":
        return endOldWay(customId, loginId);
      case "retry_capture":
        continue;
    }
  }
  return endOldWay(customId, loginId, "chose_password");
}

const [customId = "", ...files] = process.argv.slice(2);
const [first = "", ...others] = files.map((file) => readFileSync(file).toString("base64"));
await enroll(customId, first);
say((await logIn(customId, others)) ? "IN" : "NOT IN");
