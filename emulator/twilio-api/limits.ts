/** The vendor's numbers: https://www.twilio.com/docs/iam/api-keys/key-resource-v1 */
export const LONGEST_KEY_NAME = 64;
export const DEFAULT_PAGE_SIZE = 50;
export const LARGEST_PAGE_SIZE = 1000;
