/** Text messages to telephones. */
export interface TextMessages {
  /**
   * Hands one message over for delivery; whether it arrives is known later, if ever. Never sent twice: where it is
   * not known whether the vendor has taken it, it is not tried again.
   * @param phone E.164, such as `+14155550123`; never logged.
   * @throws FoyerError `invalid-input` for what is no telephone that takes messages; `not-allowed` for one that may
   * not be written to; `try-again` when it was not sent, or may or may not have been, and the message says which;
   * `misconfigured` when there is no sender. Cost: 1 call.
   */
  send(phone: string, text: string): Promise<void>;
}
