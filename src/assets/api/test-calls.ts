/** What a test of the connection asks of the server. */
import type { JoinResponse } from '../../api/meetings';
import type { HealthResponse } from '../../api/service';
import { call, read } from './call';

/** A pass to measure the way to the meeting's provider with. @throws Refusal */
export const testConnection = (meetingId: string): Promise<JoinResponse> =>
  call('/user/test-connection', { meeting_id: meetingId }, { tries: 2 });

/** Whether the server is there at all. @throws Refusal */
export const reachServer = (): Promise<HealthResponse> => read('/health', {}, { tries: 2 });
