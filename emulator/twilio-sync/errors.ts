/** The refusals of Twilio Sync, in the words of its error dictionary: https://www.twilio.com/docs/api/errors#5-anchor */
import { VendorError } from '../twilio/errors';
import * as limits from './limits';

export const invalidIfMatch = () => new VendorError(400, 54003, 'Invalid If-Match header');
export const tooLarge = () => new VendorError(413, 54006, 'Request entity too large');
export const forbidden = () => new VendorError(403, 54007, 'Access forbidden for identity');
export const invalidJson = () => new VendorError(400, 54008, 'Invalid JSON');
export const rateLimited = () => new VendorError(429, 54009, 'Rate limit exceeded');
export const noParameters = () => new VendorError(400, 54010, 'No parameters specified');
export const invalidTtl = () =>
  new VendorError(400, 54011, `Invalid TTL. Expected an integer between 0 and ${limits.LONGEST_TTL_SECONDS}`);

export const serviceNotFound = () => new VendorError(404, 54050, 'Service Instance not found');
export const invalidWebhookUrl = () => new VendorError(400, 54051, 'Invalid webhook URL');
export const invalidFriendlyName = () => new VendorError(400, 54053, 'Invalid friendly name');
export const foreignService = () =>
  new VendorError(403, 54056, 'Account cannot access requested Service Instance');

export const nameNotFound = () => new VendorError(404, 54300, 'Unique name not found');
export const nameTaken = () => new VendorError(409, 54301, 'Unique name already exists');
export const invalidName = () =>
  new VendorError(
    400,
    54302,
    `Invalid unique name. Expected a string with length 1-${limits.LONGEST_NAME} not matching the SID pattern [A-Z]{2}[a-f0-9]{32}`,
  );

export const listItemNotFound = () => new VendorError(404, 54151, 'List Item not found');
export const invalidIndex = () => new VendorError(400, 54458, 'Invalid List Item Index');
export const mapItemNotFound = () => new VendorError(404, 54201, 'Map Item not found');
export const mapItemTaken = () =>
  new VendorError(409, 54208, 'An Item with given key already exists in the Map');
export const invalidKey = () =>
  new VendorError(400, 54209, `Invalid Map Item key. Expected a string with length 1-${limits.LONGEST_KEY}`);

export const invalidIdentity = () => new VendorError(400, 54351, 'Invalid identity');
export const permissionNotFound = () => new VendorError(404, 54354, 'Permission not found');
export const tooManySubscriptions = () =>
  new VendorError(429, 54419, 'Number of subscriptions per connection is over the limit');

export const invalidOrder = () => new VendorError(400, 54451, "Invalid 'Order' query parameter");
export const invalidBounds = () => new VendorError(400, 54452, "Invalid 'Bounds' query parameter");
export const invalidPageToken = () => new VendorError(400, 54453, "Invalid 'PageToken' query parameter");
export const invalidPageSize = () => new VendorError(400, 54454, "Invalid 'PageSize' query parameter");
