/** Worlds in which calls begin, cross, and end. Those in all orders are small; those for random walks are crowded. */
import { CallModel } from './call-model';
import { GRACE_MS, RING_MS } from './call-world';
import type { Exploration } from './interleavings';
import type { Phone } from './phones';

export interface Scenario extends Exploration {
  readonly what: string;
  readonly begin: () => Promise<CallModel>;
}

type Setting = (model: CallModel, phones: readonly [Phone, Phone, Phone, ...Phone[]]) => void;

const world =
  (places: readonly string[], set: Setting, moves = false) =>
  async () => {
    const { model, phones } = await CallModel.with(places, moves);
    set(model, phones as [Phone, Phone, Phone, ...Phone[]]);
    return model;
  };

/** Three devices; what is told to those at one gateway is told in one turn. */
const TWO_AND_THREE = ['ann@g1', 'bob@g1', 'bob@g1'];
const THREE = ['ann@g1', 'bob@g1', 'cid@g1'];

export const scenarios: readonly Scenario[] = [
  {
    what: 'two call each other',
    begin: world(TWO_AND_THREE, (model) => {
      model.start('ann calls', 'ann', 'bob');
      model.start('bob calls', 'bob', 'ann');
    }),
  },
  {
    what: 'two call each other, and one of the requests dies',
    depth: 14,
    begin: world(THREE.slice(0, 2), (model) => {
      model.start('ann calls', 'ann', 'bob');
      model.start('bob calls', 'bob', 'ann');
    }),
    mortals: ['ann calls', 'bob calls'],
  },
  {
    what: 'one calls the same person twice, and one of the requests dies',
    depth: 16,
    begin: world(THREE.slice(0, 2), (model) => {
      model.start('ann calls', 'ann', 'bob');
      model.start('ann calls again', 'ann', 'bob');
    }),
    mortals: ['ann calls', 'ann calls again'],
  },
  {
    what: 'two call the same person',
    begin: world(THREE, (model) => {
      model.start('ann calls', 'ann', 'bob');
      model.start('cid calls', 'cid', 'bob');
    }),
  },
  {
    what: 'one calls somebody who calls somebody else, and one of the requests dies',
    begin: world(THREE, (model) => {
      model.start('ann calls', 'ann', 'bob');
      model.start('bob calls', 'bob', 'cid');
    }),
    mortals: ['ann calls', 'bob calls'],
  },
  {
    what: 'one device accepts, another declines',
    depth: 16,
    begin: world(TWO_AND_THREE, (model, [, first, second]) => {
      model.start('ann calls', 'ann', 'bob');
      model.answer('bob accepts', first, 'ACCEPT');
      model.answer('bob declines', second, 'DECLINE');
    }),
  },
  {
    what: 'the receiver accepts while the caller hangs up',
    depth: 17,
    begin: world(TWO_AND_THREE, (model, [, first]) => {
      model.startAndEnd('ann calls', 'ann', 'bob');
      model.answer('bob accepts', first, 'ACCEPT');
    }),
  },
  {
    what: 'both hang up, and one of the requests dies',
    depth: 17,
    begin: world(THREE.slice(0, 2), (model, [a, b]) => {
      model.start('ann calls', 'ann', 'bob');
      model.answer('bob accepts', b, 'ACCEPT');
      model.hangUp('ann hangs up', a, 'ACCEPT_CALL');
      model.hangUp('bob hangs up', b, 'ACCEPT_CALL');
    }),
    mortals: ['ann hangs up', 'bob hangs up'],
  },
  {
    what: 'the deadline comes while the receiver accepts',
    depth: 14,
    begin: world(TWO_AND_THREE, (model, [, first]) => {
      model.start('ann calls', 'ann', 'bob');
      model.answer('bob accepts', first, 'ACCEPT');
      model.time(RING_MS);
      model.look();
    }),
  },
  {
    what: 'the request that places a call, or the one that answers, dies, and time passes',
    depth: 17,
    begin: world(THREE.slice(0, 2), (model, [, b]) => {
      model.start('ann calls', 'ann', 'bob');
      model.answer('bob accepts', b, 'ACCEPT');
      model.time(RING_MS);
    }),
    mortals: ['ann calls', 'bob accepts'],
  },
  {
    what: 'another device comes while it rings and is declined',
    depth: 17,
    begin: world(
      ['ann@g1', 'bob@g1', 'ann@g2'],
      (model, [, b]) => {
        model.start('ann calls', 'ann', 'bob');
        model.answer('bob declines', b, 'DECLINE');
        model.connect('bob comes', 'bob', 'g2');
      },
      true,
    ),
  },
  {
    what: 'the only device goes while it rings, and time passes',
    depth: 18,
    begin: world(
      ['ann@g1', 'bob@g1'],
      (model, [, b]) => {
        model.start('ann calls', 'ann', 'bob');
        model.disconnect('bob goes', b);
        model.time(GRACE_MS);
        model.look();
      },
      true,
    ),
  },
];

/** Everybody who rings is answered somehow, and everybody hangs up at last. */
function busyDay(model: CallModel, phones: readonly Phone[]): void {
  for (const [index, phone] of phones.entries()) {
    const who = `${phone.userId} ${index}`;
    model.answer(`${who} answers`, phone, index % 3 === 2 ? 'DECLINE' : 'ACCEPT');
    if (index % 2 === 0) model.hangUp(`${who} hangs up`, phone, 'ACCEPT_CALL');
  }
  model.start('ann calls bob', 'ann', 'bob');
  model.start('bob calls ann', 'bob', 'ann');
  model.startAndEnd('cid calls bob', 'cid', 'bob');
  model.start('ann calls cid', 'ann', 'cid');
  model.look();
}

const CROWD = ['ann@g1', 'ann@g2', 'bob@g1', 'bob@g2', 'cid@g2', 'cid@g1'];
const CALLING = ['ann calls bob', 'bob calls ann', 'cid calls bob', 'ann calls cid'];
const ANSWERING = ['ann 0 answers', 'bob 2 answers', 'bob 3 answers', 'cid 4 answers', 'bob 2 hangs up'];

export const wideScenarios: readonly Scenario[] = [
  {
    what: 'three people with two devices each call each other, while time passes',
    begin: world(CROWD, (model, phones) => {
      busyDay(model, phones);
      model.time(GRACE_MS, RING_MS);
    }),
  },
  {
    what: 'three people call each other, and a request dies',
    begin: world(CROWD, busyDay),
    mortals: [...CALLING, ...ANSWERING],
  },
  {
    what: 'devices come and go meanwhile',
    begin: world(
      CROWD.slice(0, 5),
      (model, phones) => {
        busyDay(model, phones);
        model.disconnect('ann goes', phones[1]);
        model.disconnect('ann goes, too', phones[0]);
        model.disconnect('cid goes', phones[4] as Phone);
        for (const userId of ['ann', 'bob', 'cid']) model.connect(`${userId} comes`, userId, 'g1');
        model.time(GRACE_MS, GRACE_MS);
      },
      true,
    ),
    mortals: CALLING,
  },
  {
    what: 'a gateway is killed meanwhile',
    begin: world(
      CROWD.slice(0, 5),
      (model, phones) => {
        busyDay(model, phones);
        model.kill('gateway 2 dies', 'g2');
        model.connect('cid comes', 'cid', 'g1');
        model.time(GRACE_MS, 2 * GRACE_MS, GRACE_MS, RING_MS);
      },
      true,
    ),
  },
];
