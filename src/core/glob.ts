/**
 * True when `*` (any run of characters, `/` included) and `?` (exactly one) in the glob match the whole text, as in an
 * IAM resource pattern. Steps at most glob × text characters: it never backtracks past the last star.
 */
export function globMatches(glob: string, text: string): boolean {
  let [g, t, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (g < glob.length && glob[g] !== '*' && (glob[g] === '?' || glob[g] === text[t])) {
      g += 1;
      t += 1;
    } else if (glob[g] === '*') {
      star = g;
      resume = t;
      g += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      g = star + 1;
    } else {
      return false;
    }
  }
  while (glob[g] === '*') g += 1;
  return g === glob.length;
}
