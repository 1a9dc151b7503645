/** Every made-up CustomID begins with it, so that nobody takes one for a person. */
export const SAMPLE_CUSTOM_ID_PREFIX = "sample-";

/** Held as an advisory lock for as long as sample data is being made. */
export const SAMPLE_DATA_LOCK = "gatehouse-sample-data";
