Pictures are SVG, made of a sweep's file, a model over a grid, or a result.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente sweep nations.json --vary discount=0:9/10:10 --vary renegotiation=0,1 -o s.csv
  $ entente plot s.csv --x discount --y level --group renegotiation -o a.svg && head -c 4 a.svg && grep -c 'renegotiation = ' a.svg
  $ entente plot nations.json --vary discount=0:9/10:10 --vary renegotiation=0,1 --x discount --y level --group renegotiation | cmp - a.svg
  $ entente plot - --x discount --y level --group renegotiation < s.csv | cmp - a.svg
  $ grep -o 'relational contractual; model [0-9a-f]*' a.svg
  $ entente plot s.csv --x discount --y renegotiation --heat span -o h.svg && grep -c '<svg' h.svg
  $ entente plot nations.json --vary discount=0:9/10:10 | grep -c 'span'
  $ entente plot nations.json --vary players/A/size=1:100:5:log --x players.A.size --y level,payments --log-x --log-y --title Sizes --x-label 'size (people)' --y-label 'payoff' | grep -o '>Sizes<\|>size (people)<\|>payoff<'
  $ entente plot s.csv --steps --x discount --y players.A.lowest --group renegotiation | grep -c '<svg'

What is no picture.

  $ entente plot nations.json
  $ entente plot s.csv --x discount --y level
  $ entente plot s.csv --x discuont --y level
  $ entente plot s.csv --x discount --y nothing
  $ entente plot s.csv --x discount --y outcome --group renegotiation
  $ entente plot s.csv --x discount --y level --group level
  $ entente plot s.csv --x discount --y level --heat span
  $ entente plot s.csv --x outcome --y renegotiation --heat span
  $ echo > nothing.csv; entente plot nothing.csv
  $ printf 'a,b\n1,2,3\n' | entente plot -
  $ printf 'a,b\n1,2\n2,4\n' | entente plot - | grep -c '<svg'
