/** Vendors that are chosen, or configured by half: their routes would answer nobody but "not set up". */

type Named = Readonly<Record<string, string>>;

/** Each entry is one thing that is needed; of its names any will do, and the first is what it is called. */
const VENDORS = {
  livekit: {
    called: 'LiveKit',
    needs: [['LIVEKIT_API_KEY'], ['LIVEKIT_API_SECRET'], ['LIVEKIT_URL', 'LIVEKIT_SOCKET_URL']],
    own: /^LIVEKIT_(API_KEY|API_SECRET|URL|SOCKET_URL)$/,
  },
  '100ms': {
    called: '100ms',
    needs: [
      ['HMS_ACCESS_KEY', 'API_KEY'],
      ['HMS_APP_SECRET', 'APP_SECRET'],
    ],
    // API_KEY and APP_SECRET are anybody's names: either of them need not be about 100ms.
    own: /^HMS_(ACCESS_KEY|APP_SECRET)$/,
  },
} as const;

const CHOICES = ['MEETINGS_PROVIDER', 'CALLS_PROVIDER', 'ROOMS_PROVIDER'] as const;

export function vendorRefusals(variables: Named): string[] {
  return Object.entries(VENDORS).flatMap(([vendor, { called, needs, own }]) => {
    const missing = needs
      .filter((names) => names.every((name) => variables[name] === undefined))
      .map(([name]) => name);
    const by = CHOICES.filter((name) => variables[name] === vendor);
    const isConfigured = Object.keys(variables).some((name) => own.test(name));
    if (missing.length === 0 || (by.length === 0 && !isConfigured)) return [];
    const why = by.length > 0 ? `, which ${by.join(' and ')} ${by.length > 1 ? 'choose' : 'chooses'}` : '';
    return [`For ${called}${why}, these are missing: ${missing.join(', ')}. Put them into .env`];
  });
}
