import { ConsistencyCheck, isConsistent } from '#libs/ingestion';

import type { Command } from '../command';
import { withApplication } from '../with-application';

export const consistency: Command = {
  name: 'consistency',
  usage: '[--repair]',
  summary: 'compare SQL, vectors and files both ways; exit code 1 when they disagree and nothing was repaired',
  run: (args, env) =>
    withApplication(env, async (application) => {
      const repair = args.includes('--repair');
      const report = await application.get(ConsistencyCheck).run({ repair });
      console.log(JSON.stringify(report, null, 2));
      return isConsistent(report) || repair ? 0 : 1;
    }),
};
