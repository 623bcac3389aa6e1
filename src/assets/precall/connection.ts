/** The connection before a call: to our server, and from there on to whoever carries the meeting. */
import { type Reason, reasonOf } from '../api/refusal';
import { reachServer, testConnection } from '../api/test-calls';
import { loadProvider } from '../media/load';
import { judge, type NetworkReport, type NetworkVerdict } from '../media/network';

export type ConnectionVerdict =
  | NetworkVerdict
  /** Not even our server answers. */
  | 'offline'
  /** Our server answers; more shows only in a call. */
  | 'serverOnly'
  | 'noMeeting'
  | 'tooMany';

export interface ConnectionResult {
  readonly verdict: ConnectionVerdict;
  /** What was measured, if anything was. */
  readonly report?: NetworkReport;
}

/**
 * @param meetingId undefined where there is no meeting to test for
 * @throws when `signal` is aborted
 */
export async function checkConnection(
  meetingId: string | undefined,
  signal: AbortSignal,
): Promise<ConnectionResult> {
  try {
    await reachServer();
  } catch {
    return { verdict: 'offline' };
  }
  if (meetingId === undefined) return { verdict: 'serverOnly' };
  try {
    const pass = await testConnection(meetingId);
    const provider = await loadProvider(pass.provider);
    if (!provider.testNetwork) return { verdict: 'serverOnly' };
    const report = await provider.testNetwork(pass, signal);
    return { verdict: judge(report), report };
  } catch (error) {
    if (signal.aborted) throw error;
    return { verdict: REFUSED[reasonOf(error)] ?? 'serverOnly' };
  }
}

const REFUSED: Readonly<Partial<Record<Reason, ConnectionVerdict>>> = {
  noSuchMeeting: 'noMeeting',
  ended: 'noMeeting',
  tooManyTries: 'tooMany',
  offline: 'offline',
};
