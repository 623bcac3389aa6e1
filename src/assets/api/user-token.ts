/**
 * The token of the identity provider, where the service has one: handed over in the page's address by whoever knows
 * it, or asked for once the server wants it; kept for this tab alone.
 */
import { signal } from '@preact/signals';
import { kept } from '../keep/kept';

const token = kept('user-token');

export const userToken = (): string | undefined => token.read();

/** What a token says of its holder. Whether that is true is for the server to judge. */
export interface Claims {
  readonly sub: string;
  readonly name?: string;
}

/** @returns undefined for what is no token, or says nobody's id */
export function claimsIn(jwt: string | undefined): Claims | undefined {
  try {
    const [, payload = ''] = (jwt ?? '').split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    const { sub, name } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<string, unknown>>;
    if (typeof sub !== 'string' || sub === '') return undefined;
    return { sub, ...(typeof name === 'string' && name !== '' ? { name } : {}) };
  } catch {
    return undefined;
  }
}

/** Takes `#token=…` out of the address, where neither history nor a shared screen keeps it. */
export function takeTokenFromAddress(): void {
  const rest = new URLSearchParams(location.hash.slice(1));
  const given = rest.get('token');
  if (given === null) return;
  rest.delete('token');
  const hash = rest.size > 0 ? `#${rest.toString()}` : '';
  history.replaceState(history.state, '', location.pathname + location.search + hash);
  if (claimsIn(given)) token.keep(given);
}

/** Set while somebody is being asked for the token; called with it, or with undefined when they gave up. */
export const tokenWanted = signal<{
  readonly answer: (token: string | undefined) => void;
  readonly wasWrong: boolean;
}>();

let asking: Promise<boolean> | undefined;

/** Asks for another token than the one that was refused. @returns whether there is one now */
export function askForToken(): Promise<boolean> {
  const wasWrong = token.read() !== undefined;
  asking ??= new Promise<string | undefined>((answer) => {
    tokenWanted.value = { answer, wasWrong };
  }).then((given) => {
    tokenWanted.value = undefined;
    asking = undefined;
    if (given !== undefined) token.keep(given);
    return given !== undefined;
  });
  return asking;
}
