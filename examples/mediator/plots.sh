#!/bin/sh
# plots.sh [COMMAND]: makes worth.csv and the pictures of README.md with entente (default: the one on the PATH).
set -eu
cd "$(dirname "$0")"
entente=${1:-entente}
"$entente" sweep mediator.json --vary players/North/types/high=0.02:0.98:97 | awk -f worth.awk > worth.csv
x="probability that the system is worth 12 to North"
"$entente" plot worth.csv --x prior --y "what private information costs,the mediator's fee" --title "What the mediator is worth" \
    --x-label "$x" --y-label "expected gain" -o fee.svg
"$entente" plot worth.csv --x prior --y "North high,North low,South high,South low,mediator" --title "Who gains from the mediator, and who pays" \
    --x-label "$x" --y-label "gain with a mediator less gain without" -o gains.svg
