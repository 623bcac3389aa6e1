/** Why a call is over, as far as the provider can tell. Whoever wants to be sure asks the server. */
export type Departure =
  /** The connection was lost for too long, or could not be made. */
  | 'lost'
  /** The room was closed, or is not there. */
  | 'closed'
  /** Put out of the room by somebody. */
  | 'putOut'
  /** The same person has joined from elsewhere. */
  | 'elsewhere'
  | 'full'
  /** The token is too old, or refused. */
  | 'expired'
  /** This browser cannot do video calls, or no connection for media can be made. */
  | 'unable'
  /** There is no server for media: only its stand-in of a local run, without one. */
  | 'noMedia';
