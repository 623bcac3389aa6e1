/** What the API refuses beyond what all of Twilio's do. */
import { VendorError } from '../twilio/errors';
import { LONGEST_KEY_NAME } from './limits';

/** https://www.twilio.com/docs/api/errors/20001 */
export const invalidKeyName = (): VendorError =>
  new VendorError(400, 20001, `FriendlyName must not be longer than ${LONGEST_KEY_NAME} characters`);
