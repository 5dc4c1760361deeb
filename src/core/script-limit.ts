/** Longest script: some 25,000 rules. */
export const MAX_SCRIPT_CHARACTERS = 1_048_576;
