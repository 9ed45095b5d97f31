#!/bin/sh
# plots.sh [COMMAND]: draws the pictures of README.md with entente (default: the one on the PATH).
set -eu
cd "$(dirname "$0")"
entente=${1:-entente}
"$entente" plot nato.json --vary search_cost=0:1/20:501 --y payoffs.partner,payoffs.proposer --title "What the institution is worth (Figure 4)" \
    --x-label "search cost" --y-label "expected payoff" -o figure4.svg
"$entente" plot nato.json --vary search_cost=0:1/20:501 --y probabilities.new_alliance --title "A new alliance forms (Figure 3)" \
    --x-label "search cost" --y-label "probability" -o figure3.svg
# 0 floor, 1 deter, 2 search, 3 prefer sure
"$entente" plot nato.json --set fee=149/100 --vary search_cost=0:3/50:1000 --vary discount=0:1:1000 --x search_cost --y discount --heat regime --title "Who deters, who searches: fee 1.49" \
    --x-label "search cost" --y-label "discount factor" -o regimes.svg
"$entente" plot nato.json --set fee=17/10 --vary search_cost=0:3/50:1000 --vary discount=0:1:1000 --x search_cost --y discount --heat regime --title "Who deters, who searches: fee 1.7" \
    --x-label "search cost" --y-label "discount factor" -o regimes-17.svg
