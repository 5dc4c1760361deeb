/**
 * Where moto 5.2.1 does something else than the documentation, and what. The stand-in follows the documentation in every
 * case. A line that no longer holds, or a new difference, fails the contract test.
 */
export const MOTO_DIFFERS: Readonly<Record<string, unknown>> = {
  'a custom label stays on its version when AWSCURRENT moves away': { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT'] },
  'an update with the token of a version is an error': 'accepted',
  'text and bytes in one put are refused': 'accepted',
  'a partial ARN finds its secret, and one that ends in a hyphen and six characters does not': [
    'accepted',
    'accepted',
    'accepted',
    'accepted',
  ],
  'AWSCURRENT moves when the caller names the version that has it': [
    'accepted',
    { v1: ['AWSCURRENT'], v2: ['AWSPREVIOUS'], v3: ['STAGED'] },
    'two',
  ],
  'a custom label on another version moves only if the caller names that version': [
    'accepted',
    'accepted',
    ['AWSCURRENT', 'STAGED', 'STAGED'],
  ],
  'AWSCURRENT cannot be taken away altogether': 'accepted',
  'a version that loses its last label is hidden unless deprecated ones are asked for': [['v1', 'v2', 'v3'], 3, 3],
  'a version that does not exist cannot receive a label': 'InvalidParameterException',
  'it takes no new value': 'accepted',
  'its tags cannot change': 'accepted',
  'its name is taken, with an error of its own': 'ResourceExistsException',
  'a replica that is cut loose takes writes of its own': ['SyntaxError', 'InvalidParameterException', 'one'],
  'a NextToken that nobody issued is refused': 'SyntaxError',
  'a value has 65,536 bytes at most, counted in UTF-8': ['accepted', 'accepted', 'accepted'],
  'a name has letters, digits and /_+=.@- and 512 characters at most': ['accepted', 'accepted', 'accepted', 'accepted'],
  'a token has 32 to 64 characters': 'InvalidParameterException',
  'a description has 2,048 characters at most': 'accepted',
  'a secret has 50 tags at most, and none that starts with aws:': ['accepted', 'accepted', 'accepted'],
  'a batch takes 20 ids at most': 'accepted',
  'a secret holds 100 versions, and none younger than a day is pruned': 'accepted',
  'a secret that is not there is a fault of the caller': ['ResourceNotFoundException', 404],
};
