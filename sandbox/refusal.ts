/** The API's own messages, word for word. */
export const messages = {
  invalidJson: "Invalid JSON format",
  customIdMandatory: "CustomID is mandatory",
  customIdExists: "CustomID already exists",
  personNotFound: "Person not found",
  extractionFailed: "Failed to extract template",
  invalidBase64: "Invalid base64 string",
  imageNotFound: "Image (base64) not found",
  noFaces: "No Faces Detected",
  severalFaces: "Multiple Faces Detected",
} as const;

/** A business error: answered as plain text, exactly the message and nothing else. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** An error of the gateway in front of the API: answered as `{ statusCode, message }`. */
export class GatewayRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "GatewayRefusal";
  }
}
