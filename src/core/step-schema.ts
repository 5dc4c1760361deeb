import * as z from 'zod/mini';
import { MAX_SCRIPT_CHARACTERS } from './script-limit.js';

/** The steps of a destination's chain, as written; and the pieces that other parts of the document share with them. */

export const says = z.describe;
export const text = (maxCharacters: number) => z.string().check(z.minLength(1), z.maxLength(maxCharacters));
/** What stands in names of secrets (Secrets Manager API reference, CreateSecret; `!` where a service made one). Anything else would match nothing, in silence. */
export const glob = text(512).check(
  z.regex(/^[\w/+=.@!*?-]*$/, 'takes letters, digits and / _ + = . @ - ! beside * and ?; it is no regular expression'),
  says('* any run of characters, / included; ? exactly one: as in an IAM resource pattern'),
);
export const script = z
  .string()
  .check(z.minLength(1), z.maxLength(MAX_SCRIPT_CHARACTERS), says('A sed script; ${NAME} stands for a variable'));
const extended = z.optional(z.boolean().check(says('Extended regular expressions, as with sed -E')));
const limitedTo = {
  names: z.optional(z.array(glob).check(z.minLength(1), says('Only for source names that one of these globs matches'))),
};

/** `2`: exactly so many; `2+`: at least so many. */
export const count = z.union([
  z.int().check(z.minimum(0), z.maximum(1_000_000)),
  z.string().check(z.regex(/^\d{1,7}\+$/, 'takes a number, or a number and a plus: 1+')),
]);
const hits = z.optional(
  count.check(says('How often it must hit: 2 exactly, 1+ at least once; else nothing is written')),
);

const jsonPath = z
  .string()
  .check(z.regex(/^\$/, 'is a JSON path (RFC 9535) and starts with $'), says('A JSON path (RFC 9535)'));

const jsonRule = z.union([
  z.strictObject({ path: jsonPath, sed: script, extended, hits }),
  z.strictObject({
    path: jsonPath,
    set: z.json().check(says('The new value; a path that ends in a name also creates it')),
    hits,
  }),
  z.strictObject({ path: jsonPath, remove: z.literal(true), hits }),
  z.strictObject({ path: jsonPath, rename: text(1_024).check(says('The new name of the selected member')), hits }),
]);

const sedMode = z
  .optional(z.enum(['text', 'json', 'auto']))
  .check(
    says(
      'text: the value as it is; json: every text inside a JSON value; auto: json for a JSON object or list, else text',
    ),
  );
const jsonMode = z
  .optional(z.enum(['json', 'auto']))
  .check(
    says(
      'json: a value that is not JSON is an error; auto: the step passes over a value that is no JSON object or list',
    ),
  );

const sedfileStep = z.strictObject({
  sedfile: text(1_024).check(says('A sed script in a file, relative to this one')),
  extended,
  mode: sedMode,
  hits,
  ...limitedTo,
});
const sedStep = z.strictObject({
  sed: script,
  name: z.optional(text(1_024).check(says('What errors and reports call the script'))),
  extended,
  mode: sedMode,
  hits,
  ...limitedTo,
});
const jsonStep = z.strictObject({
  json: z.array(jsonRule).check(z.minLength(1), says('Rules on JSON paths, one after another')),
  mode: jsonMode,
  ...limitedTo,
});
export const transformStep = z.union([sedfileStep, sedStep, jsonStep]);

export type TransformStepShape = z.infer<typeof transformStep>;
export type SedStepShape = z.infer<typeof sedStep>;
export type JsonStepShape = z.infer<typeof jsonStep>;
export type JsonRuleShape = z.infer<typeof jsonRule>;
export type CountShape = z.infer<typeof count>;
