/** Channels are named by applications: any short word, never anything that could be an identifier. */
export const CHANNEL_WORD = /^[a-z0-9][a-z0-9_-]{0,31}$/i;
/** Exposure in force, in percent. */
export const STAGE_WORD = /^(100|[1-9]?\d)$/;
/** An HTTP status, or 0 for none. */
export const API_STATUS_WORD = /^(0|[1-5]\d\d)$/;
