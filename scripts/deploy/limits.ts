/** What Twilio takes (https://www.twilio.com/docs/serverless/functions-assets/functions), and our own ceilings. */

/** The newest that the platform takes; npm's newest is refused when the build is made. */
export const RUNTIME_HANDLER = '2.0.1';
export const MOST_FUNCTIONS = 50;
export const MOST_DEPENDENCIES = 100;
/** Of one variable's value. */
export const LONGEST_VARIABLE_BYTES = 450;
/** Of all variables with their names; the vendor says "about 3 kB". */
export const ALL_VARIABLES_BYTES = 3_000;
export const MOST_ASSETS = 1_000;
export const LARGEST_ASSET_BYTES = 25 * 1024 * 1024;

/** Ours, in characters: whoever has it may do everything, and others may try as often as they like. */
export const SHORTEST_OPERATOR_KEY = 16;
/** Ours: a cold start reads a whole function. */
export const LARGEST_FUNCTION_BYTES = 1024 * 1024;
/** Ours: functions and assets together. */
export const LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024;
