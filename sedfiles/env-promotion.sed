# Renames an environment where it stands as a word of its own: in hosts, paths, names and settings.
# Give the destination the variables FROM_ENV and TO_ENV.
#
# with FROM_ENV=staging TO_ENV=prod
# < https://api.staging.example.com/v1
# > https://api.prod.example.com/v1
# < orders-staging.internal:6379 app_staging staging
# > orders-prod.internal:6379 app_prod prod
# < {"env":"staging","paths":["/app/staging/a","staging/staging"],"text":"a\nstaging"}
# > {"env":"prod","paths":["/app/prod/a","prod/prod"],"text":"a\nprod"}
# < ?path=%2Fapp%2Fstaging%2Fa
# > ?path=%2Fapp%2Fprod%2Fa
# < STAGING_URL=upstaging stagings staging2
# > STAGING_URL=upstaging stagings staging2

# A word begins after a sign of its own, after %2F and the like in a URL, or after \n and the like in a text inside JSON.
s/\(^\|[^A-Za-z0-9]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${FROM_ENV}\($\|[^A-Za-z0-9]\)/\1${TO_ENV}\2/g
# Once more: of two such words side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${FROM_ENV}\($\|[^A-Za-z0-9]\)/\1${TO_ENV}\2/g
