/** What is asked of an identity provider: who holds this token. */
export interface Identity {
  /** Whom the token is about: its `sub`, never empty. */
  readonly subject: string;
  readonly isOperator: boolean;
}

export interface TokenVerifier {
  /**
   * @param token as it was sent, not trusted in any way
   * @throws FoyerError `invalid-token` that says what is wrong with it; `try-again` when the provider cannot be
   *   asked for the keys that tell.
   */
  verify(token: string): Promise<Identity>;
}
