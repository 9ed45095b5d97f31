#!/bin/sh
# plots.sh [COMMAND]: draws the pictures of README.md with entente (default: the one on the PATH).
set -eu
cd "$(dirname "$0")"
entente=${1:-entente}
money="million US$ a year"
"$entente" plot rice2013.json --vary discount=0.02:0.98:193 --y level,joint,payments --title "The founders' treaty and patience" \
    --x-label "discount factor, per period of ten years" --y-label "$money" -o level.svg
"$entente" plot rice2013.json --vary discount=0.02:0.98:193 \
    --y "players.China.payment,players.Russia.payment,players.Middle East.payment,players.Eurasia.payment,players.India.payment" \
    --title "What the founders pay for" --x-label "discount factor, per period of ten years" --y-label "$money" -o payments.svg
"$entente" plot rice2013.json --vary discount=0.02:0.98:193 --y "on_path.US,on_path.EU,on_path.Japan,on_path.China,on_path.India" \
    --title "Efforts on the path" --x-label "discount factor, per period of ten years" --y-label "effort, MtC per US\$/tC of own damage" \
    -o efforts.svg
"$entente" plot rice2013.json --vary renegotiation=0:1:201 --y level,joint,payments --title "How often the founders renegotiate" \
    --x-label "probability of a negotiation in a period" --y-label "$money" -o renegotiation.svg
