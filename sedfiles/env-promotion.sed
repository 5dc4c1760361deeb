# Renames an environment where it stands as a word of its own: in hosts, paths, names and settings.
# Give the destination the variables FROM_ENV and TO_ENV.
#
# with FROM_ENV=staging TO_ENV=prod
# < https://api.staging.example.com/v1
# > https://api.prod.example.com/v1
# < orders-staging.internal:6379
# > orders-prod.internal:6379
# < {"env":"staging","paths":["/app/staging/a","staging/staging"]}
# > {"env":"prod","paths":["/app/prod/a","prod/prod"]}
# < STAGING_URL=upstaging stagings
# > STAGING_URL=upstaging stagings

s/\(^\|[^A-Za-z0-9]\)${FROM_ENV}\($\|[^A-Za-z0-9]\)/\1${TO_ENV}\2/g
# Once more: of two such words side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9]\)${FROM_ENV}\($\|[^A-Za-z0-9]\)/\1${TO_ENV}\2/g
