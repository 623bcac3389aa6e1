/** How good the connection is, measured as soon as this is shown. */
import { useEffect, useState } from 'preact/hooks';
import type { NetworkReport } from '../media/network';
import { Button } from '../parts/button';
import { text, type TextKey } from '../texts/text';
import { checkConnection, type ConnectionResult, type ConnectionVerdict } from './connection';
import { type Outcome, Step } from './step';

const VERDICTS: Readonly<Record<ConnectionVerdict, { outcome: Outcome; words: TextKey; advice?: TextKey }>> =
  {
    good: { outcome: 'good', words: 'test.net.good' },
    stutters: { outcome: 'warning', words: 'test.net.stutters', advice: 'test.net.stuttersAdvice' },
    soundOnly: { outcome: 'warning', words: 'test.net.soundOnly', advice: 'test.net.soundOnlyAdvice' },
    blocked: { outcome: 'bad', words: 'test.net.blocked', advice: 'test.net.blockedAdvice' },
    unreachable: { outcome: 'bad', words: 'test.net.unreachable', advice: 'test.net.blockedAdvice' },
    offline: { outcome: 'bad', words: 'test.net.offline', advice: 'test.net.offlineAdvice' },
    serverOnly: { outcome: 'good', words: 'test.net.serverOnly', advice: 'test.net.serverOnlyAdvice' },
    noMeeting: { outcome: 'warning', words: 'test.net.noMeeting', advice: 'test.net.serverOnlyAdvice' },
    tooMany: { outcome: 'warning', words: 'test.net.tooMany' },
  };

export function ConnectionCheck({ meetingId }: { readonly meetingId: string | undefined }) {
  const [result, setResult] = useState<ConnectionResult>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    setResult(undefined);
    const stop = new AbortController();
    checkConnection(meetingId, stop.signal).then(
      (found) => !stop.signal.aborted && setResult(found),
      () => undefined,
    );
    return () => stop.abort();
  }, [meetingId, round]);
  const verdict = result && VERDICTS[result.verdict];
  return (
    <Step
      title={text('test.net.title')}
      outcome={verdict?.outcome ?? 'running'}
      words={text(verdict?.words ?? 'test.net.running')}
      advice={verdict?.advice && text(verdict.advice)}
    >
      <p class="small soft precall-numbers">
        {result?.report?.reached === 'media' && numbersOf(result.report)}
      </p>
      <div class="row">
        <Button busy={!verdict} onClick={() => setRound(round + 1)}>
          {text('test.again')}
        </Button>
      </div>
    </Step>
  );
}

/** For somebody who helps. */
function numbersOf({ roundTripMs, lostPercent, sentKbps }: NetworkReport): string {
  const parts = [
    roundTripMs !== undefined && text('test.net.roundTrip', { ms: Math.round(roundTripMs) }),
    lostPercent !== undefined && text('test.net.lost', { percent: Math.round(lostPercent) }),
    sentKbps !== undefined && text('test.net.sent', { kbps: Math.round(sentKbps) }),
  ];
  return parts.filter(Boolean).join(' · ');
}
