#!/bin/sh
# plots.sh [COMMAND]: draws the picture of README.md with entente (default: the one on the PATH).
set -eu
cd "$(dirname "$0")"
entente=${1:-entente}
result=$(mktemp)
trap 'rm -f "$result"' EXIT
"$entente" solve tariffs.json --method coco --json -o "$result"
"$entente" plot "$result" -o agreement.svg
