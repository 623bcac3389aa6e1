/** How many steps after each other a request about calls takes until people hear of it: that is how long they wait. */
import { answerCall } from '../../src/app/answer-call';
import { endCall } from '../../src/app/end-call';
import { startCall } from '../../src/app/start-call';
import type { CallServices } from '../../src/ports/services';
import { memoryCallServices, type MemoryCallServices } from '../support/call-world';
import { ManualTime } from '../support/manual-time';
import { Gateway } from '../support/phones';
import { Turns } from '../support/turns';

const ANYBODY = { client: '', user: 'anonymous' } as const;
/** Leases are known while they last: no call to anybody. */
const isFree = (call: string): boolean => call === 'gateways.ends';

let services: MemoryCallServices;
beforeEach(async () => {
  services = memoryCallServices(new ManualTime());
  const gateway = new Gateway('g1', services);
  await gateway.renew();
  for (const userId of ['ann', 'bob']) await gateway.connect(userId);
});

/** What is asked for at the same time is one step. @returns what each step asks for, in order */
async function stepsOf(request: (services: CallServices) => Promise<unknown>): Promise<string[][]> {
  const turns = new Turns(/call-[\w-]{22}/g);
  const port = <P extends object>(name: string, target: P): P => turns.port('one', name, target, isFree);
  const { calls, lines, directory, gateways, media, events } = services;
  const asked = {
    ...services,
    calls: port('calls', calls),
    lines: port('lines', lines),
    directory: port('directory', directory),
    gateways: port('gateways', gateways),
    media: port('media', media),
    events: port('events', events),
  };
  const over = request(asked).then(() => true);
  const turn = (): Promise<boolean> => new Promise((resolve) => setImmediate(() => resolve(false)));
  const steps: string[][] = [];
  while (!(await Promise.race([over, turn()]))) {
    const step = turns.possible;
    if (step.length > 0) steps.push(step.map(({ label }) => label.split(' ')[0] ?? '').toSorted());
    for (const each of step) turns.give(each);
  }
  return steps;
}

const start = (of: CallServices) => startCall(of, ANYBODY, { callerId: 'ann', receiverId: 'bob' });

test('a call rings in the third step, whose three writes before are made at once; then it is put down as told', async () => {
  const read = ['directory.find', 'directory.find', 'lines.find', 'lines.find'];
  const steps = [
    read,
    ['calls.create', 'lines.replace', 'lines.replace'],
    ['directory.find', 'directory.find', 'events.deliver'],
    ['calls.replace'],
  ];
  expect(await stepsOf(start)).toEqual(steps);
  await endCall(services, ANYBODY, { callId: services.lines.line('ann').call?.id ?? '', userId: 'ann' });
  expect(await stepsOf(start)).toEqual(steps);
});

test('an answer, or its end, is heard of in the third step, too', async () => {
  const { id } = await start(services);
  const accept = (of: CallServices) => answerCall(of, ANYBODY, { callId: id, answer: 'ACCEPT' });
  expect((await stepsOf(accept))[2]).toContain('events.deliver');
  const end = (of: CallServices) => endCall(of, ANYBODY, { callId: id, userId: 'bob' });
  expect((await stepsOf(end))[2]).toContain('events.deliver');
});
