/** The one error shape of Twilio's REST APIs: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */

export interface VendorErrorBody {
  readonly code: number;
  readonly message: string;
  readonly more_info: string;
  readonly status: number;
}

/** A refusal as the vendor would phrase it; thrown by resources, answered by the transports. */
export class VendorError extends Error {
  override readonly name = 'VendorError';

  /**
   * @param status HTTP status
   * @param code Twilio's error code: https://www.twilio.com/docs/api/errors
   */
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  get body(): VendorErrorBody {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export const notFound = (path: string): VendorError =>
  new VendorError(404, 20404, `The requested resource ${path} was not found`);

export const methodNotAllowed = (): VendorError => new VendorError(405, 20004, 'Method not allowed');

export const invalidParameter = (message: string): VendorError => new VendorError(400, 20001, message);
