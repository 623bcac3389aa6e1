/** `npm run doctor`: what is configured, what works (asked live), what is wrong and how to mend it. No secrets. */
import { configurationFindings } from './doctor/configuration';
import { report } from './doctor/finding';
import { twilioFindings } from './doctor/twilio';
import { vendorFindings } from './doctor/vendors';
import { readVariables } from './environment/env-file';
import { BRAND_VARIABLES, FUNCTION_VARIABLES } from './environment/variables';

async function main(root: string): Promise<number> {
  const variables = readVariables(root, process.env, [
    ...Object.keys(FUNCTION_VARIABLES),
    ...Object.keys(BRAND_VARIABLES),
  ]);
  const findings = [
    ...configurationFindings(root, variables),
    ...(await Promise.all([twilioFindings(variables, process.env), vendorFindings(variables)])).flat(),
  ];
  for (const line of report(findings)) console.log(line);
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
}

main(process.cwd()).then(
  (code) => {
    // A driver's sockets would keep the process for a while yet.
    process.exit(code);
  },
  (error: unknown) => {
    console.error((error as Error).message);
    process.exit(1);
  },
);
