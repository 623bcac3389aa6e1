/** Tokens that we sign: their claims are read by programs that know base64 only. */
import { signJwt } from '../../src/domain/jwt';

it.each(['Zoë 名 🎈', '?>~'.repeat(9), '\u007f\u0000"\\', 'Ann'])('%j comes back by plain base64', (name) => {
  for (const shift of ['', 'a', 'ab']) {
    const [, payload = ''] = signJwt({ name: `${shift}${name}` }, 'secret').split('.');
    expect(payload).not.toMatch(/[-_]/);
    expect(JSON.parse(atob(payload))).toEqual({ name: `${shift}${name}` });
  }
});
