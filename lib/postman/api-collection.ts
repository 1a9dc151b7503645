import { apiKeyAuth } from "./api-auth.ts";
import { READING_CALLS, REFUSED_CALLS, WRITING_CALLS } from "./api-calls.ts";
import { type Call, composeItem, scriptOf } from "./compose-item.ts";
import { pictureVariables } from "./pictures.ts";
import { COLLECTION_SCHEMA } from "./schema.ts";
import type { Collection } from "./types.ts";
import { newName, onlyWhere } from "./write-tests.ts";

const DESCRIPTION = `Every call of the Multibiometrics API that Gatehouse makes, and every refusal its contract names, each with tests.

Choose an environment and put your key into it: it is a secret and comes empty. Quality is a package that may have a key
of its own; where one key opens both, put it into both. Folder 3 enrolls a throw-away person and deletes them again: it is
sent only where the environment says \`mayWrite\` = \`yes\`, which that of production does not.

Faces are variables of the collection (bare Base64 of BMP, PNG or JPG); put your own in their place.`;

const items = (calls: readonly Call[]) => calls.map((call) => composeItem("baseUrl", call));

/** How many requests the collection has. */
export const API_REQUESTS = READING_CALLS.length + REFUSED_CALLS.length + WRITING_CALLS.length;

/** The Multibiometrics API as a Postman collection, made from the schemas our own client reads answers with. */
export async function composeApiCollection(): Promise<Collection> {
  return {
    info: { name: "Multibiometrics API", description: DESCRIPTION, schema: COLLECTION_SCHEMA },
    auth: apiKeyAuth("{{apiKey}}"),
    event: [scriptOf("prerequest", [newName("unknownId")])],
    variable: await pictureVariables(),
    item: [
      {
        name: "1 Calls that keep nothing",
        description: "Pictures go in, answers come out; nobody is enrolled.",
        item: items(READING_CALLS),
      },
      {
        name: "2 What is refused, and in which words",
        description: "Each refusal of the contract once.",
        item: items(REFUSED_CALLS),
      },
      {
        name: "3 A throw-away person, enrolled and deleted",
        description: "Run it as a whole: the last calls delete whom the first one enrolled.",
        event: [
          scriptOf(
            "prerequest",
            onlyWhere('pm.environment.get("mayWrite") === "yes"', "Not sent: mayWrite is not yes."),
          ),
        ],
        item: items(WRITING_CALLS),
      },
    ],
  };
}
