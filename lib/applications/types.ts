/** A key that opens the gateway, with what its application may say. */
export type LiveKey = { keyId: string; hash: string; applicationId: string; channels: readonly string[] };
