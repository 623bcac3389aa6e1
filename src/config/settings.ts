/** The environment, read into typed settings: all faults of what is read at once, by the names of their variables. */
import { FoyerError } from '../domain/errors';

export type Environment = Readonly<Record<string, unknown>>;

/** What Twilio calls the service that this is; undefined where it runs elsewhere. */
export function domainOnTwilio({ DOMAIN_NAME: domain }: Environment): string | undefined {
  return typeof domain === 'string' && domain.endsWith('.twil.io') ? domain : undefined;
}

/** Reads variables one by one and keeps what is wrong with them; never a value. */
export class Variables {
  readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** '' where it is not set. */
  text(name: string): string {
    const value = this.environment[name];
    return typeof value === 'string' ? value.trim() : '';
  }

  /** @param shape completes "`name` must be …" */
  required(name: string, pattern?: RegExp, shape?: string): string {
    const value = this.text(name);
    if (value === '') this.faults.push(`${name} is missing`);
    else if (pattern && !pattern.test(value)) this.faults.push(`${name} must be ${shape}`);
    return value;
  }

  /** Where a service is found. */
  httpUrl(name: string, fallback: string): string {
    const value = this.text(name) || fallback;
    if (!/^https?:\/\//.test(value) || !URL.canParse(value))
      this.faults.push(`${name} must be an http or https URL`);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const value = this.text(name) || fallback;
    if (!(values as readonly string[]).includes(value))
      this.faults.push(`${name} must be ${values.join(' or ')}`);
    return value as T;
  }

  wholeNumber(name: string, [least, most]: readonly [number, number], fallback: number): number {
    const value = Number(this.text(name) || fallback);
    if (!Number.isInteger(value) || value < least || value > most)
      this.faults.push(`${name} must be a whole number from ${least} to ${most}`);
    return value;
  }
}

/**
 * The settings that the variables make.
 * @throws FoyerError `misconfigured` that names every variable at fault; never a value.
 */
export function readSettings<T>(environment: Environment, settings: (variables: Variables) => T): T {
  const variables = new Variables(environment);
  const read = settings(variables);
  const { faults } = variables;
  if (faults.length === 0) return read;
  throw new FoyerError('misconfigured', `the service is not set up: ${faults.join('; ')}.`);
}
