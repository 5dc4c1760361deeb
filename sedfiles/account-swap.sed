# Moves everything that names the source account to the destination account: ARNs, registry hosts, queue URLs, settings.
# Left alone: names that merely contain the number (logs-111122223333), and longer numbers.
#
# with SOURCE_ACCOUNT_ID=111122223333 ACCOUNT_ID=444455556666
# < arn:aws:iam::111122223333:role/reader
# > arn:aws:iam::444455556666:role/reader
# < 111122223333.dkr.ecr.us-east-1.amazonaws.com/api:4
# > 444455556666.dkr.ecr.us-east-1.amazonaws.com/api:4
# < https://sqs.us-east-1.amazonaws.com/111122223333/orders
# > https://sqs.us-east-1.amazonaws.com/444455556666/orders
# < {"accounts":["111122223333","111122223333"],"account":111122223333}
# > {"accounts":["444455556666","444455556666"],"account":444455556666}
# < bucket logs-111122223333, order 1111222233334
# > bucket logs-111122223333, order 1111222233334

s/\(^\|[^A-Za-z0-9_-]\)${SOURCE_ACCOUNT_ID}\($\|[^A-Za-z0-9_-]\)/\1${ACCOUNT_ID}\2/g
# Once more: of two accounts side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9_-]\)${SOURCE_ACCOUNT_ID}\($\|[^A-Za-z0-9_-]\)/\1${ACCOUNT_ID}\2/g
