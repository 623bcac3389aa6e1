/** What every use case is handed. */
export type * from '../ports/services';

/** Whom the identity provider says a user is; `anonymous` where users are let in without saying who they are. */
export type User = { readonly subject: string } | 'anonymous';

/** Who sent the request, as far as a use case needs to know. */
export interface Caller {
  /** The client's network address, or '' when unknown. */
  readonly client: string;
  /** On every route whose access is `user`, and where an operator came with a token. */
  readonly user?: User;
}
