import { Names } from 'aws-cdk-lib';
import { CfnQueryDefinition, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_QUERIES } from './log-queries.js';

/** Characters of a query's name (CloudWatch Logs API reference, PutQueryDefinition). */
const NAME_CHARACTERS = 255;

/** The questions that operators ask of the log, saved in Logs Insights in a folder of this replicator's own. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { logGroupName }: LogGroup) {
    super(scope, id);
    const longest = Math.max(...LOG_QUERIES.map(({ title }) => title.length));
    const folder = Names.uniqueResourceName(this, { maxLength: NAME_CHARACTERS - longest - 1, separator: '-' });
    for (const { id: query, title, lines } of LOG_QUERIES) {
      // oxlint-disable-next-line no-new
      new CfnQueryDefinition(this, query, {
        name: `${folder}/${title}`,
        queryString: lines.join('\n| '),
        logGroupNames: [logGroupName],
      });
    }
  }
}
