/** Hands a stage to `twilio-run deploy`, and passes on to it what interrupts us. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { EnvironmentName } from './options';
import type { Stage } from './stage';

/** What ends us: a terminal's Ctrl-C, a supervisor, a terminal that is closed. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface TwilioRun {
  readonly root: string;
  readonly stage: Stage;
  readonly environment: EnvironmentName;
  /** To deploy to; undefined: one is made. */
  readonly serviceSid: string | undefined;
}

export interface TwilioRunEnd {
  readonly code: number;
  readonly wasInterrupted: boolean;
}

/** Resolves when nothing of it runs any more, however it ends. */
export function runTwilioRun({ root, stage, environment, serviceSid }: TwilioRun): Promise<TwilioRunEnd> {
  const command = [
    require.resolve('twilio-run/bin/twilio-run.js'),
    'deploy',
    '--cwd',
    stage.build.folder,
    '--config',
    join(root, '.twilioserverlessrc'),
    '--env',
    stage.envFile,
    '--functions-folder',
    'functions',
    '--assets-folder',
    'assets',
    // Without it the runtime of the last successful build would be used again.
    '--runtime',
    'node22',
    ...(environment === 'production' ? ['--production'] : ['--environment', environment]),
    ...(serviceSid === undefined ? [] : ['--service-sid', serviceSid]),
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: 'inherit', cwd: stage.build.folder });
    let wasInterrupted = false;
    const interrupt = (): void => {
      wasInterrupted = true;
      // A terminal's Ctrl-C has reached it already, a supervisor's signal has not.
      child.kill('SIGTERM');
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
    const end = (code: number): void => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
      resolve({ code: wasInterrupted ? 130 : code, wasInterrupted });
    };
    child.once('error', () => end(1));
    child.once('close', (code) => end(code ?? 1));
  });
}
