Pictures are SVG, made of a sweep's file, a model over a grid, or a result.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente sweep nations.json --vary discount=0:9/10:10 --vary renegotiation=0,1 -o s.csv
  $ entente plot s.csv --x discount --y level --group renegotiation -o a.svg && head -c 4 a.svg && grep -c 'renegotiation = ' a.svg
  <svg2
  $ entente plot nations.json --vary discount=0:9/10:10 --vary renegotiation=0,1 --x discount --y level --group renegotiation | cmp - a.svg
  $ entente plot - --x discount --y level --group renegotiation < s.csv | cmp - a.svg
  $ grep -o 'relational contractual; model [0-9a-f]*' a.svg
  relational contractual; model 8e77355d919a1b22
  $ entente plot s.csv --x discount --y renegotiation --heat span -o h.svg && grep -c '<svg' h.svg
  1
  $ entente plot nations.json --vary discount=0:9/10:10 | grep -c 'span'
  1
  $ entente plot nations.json --vary players/A/size=1:100:5:log --x players.A.size --y level,payments --log-x --log-y --title Sizes --x-label 'size (people)' --y-label 'payoff' | grep -o '>Sizes<\|>size (people)<\|>payoff<'
  >Sizes<
  >Sizes<
  >size (people)<
  >payoff<
  $ entente plot s.csv --steps --x discount --y players.A.lowest --group renegotiation | grep -c '<svg'
  1

Results have pictures of their own, the hash of their model in the caption.

  $ entente solve nations.json --json > result.json; entente plot result.json -o r.svg; grep -o '>effort<\|contractual; model [0-9a-f]*' r.svg
  >effort<
  contractual; model 8e77355d919a1b22
  $ entente solve nations.json --method accession --json | entente plot - | grep -o '>who joins<\|accession; model [0-9a-f]*'
  >who joins<
  accession; model 8e77355d919a1b22
  $ cat > dilemma.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Prisoners' dilemma",
  >  "players": [{"name": "Row", "actions": ["work", "shirk"]}, {"name": "Column", "actions": ["work", "shirk"]}],
  >  "payoffs": [[2, 2], [-1, 3], [3, -1], [0, 0]], "coalition": ["Row", "Column"], "discount": "3/5"}
  > END
  $ entente solve dilemma.json --json | entente plot - | grep -o '>discount factor<\|>level<\|>span<'
  >level<
  >span<
  >discount factor<
  $ entente solve dilemma.json --method subgame-perfect --json | entente plot - | grep -o '>joint<'
  >joint<
  $ entente solve dilemma.json --method simulate --json | entente plot -
  ! entente: method simulate has no picture of its own; draw a sweep: --vary, --x and --y
  [1]
  $ printf '{"entente": 1, "family": "relational", "method": "poker", "solution": {}}' | entente plot -
  ! entente: no method is called relational poker (see `entente methods`)
  [1]
  $ printf '{"entente": 1, "family": "relational", "method": "contractual", "solution": {}}' | entente plot -
  ! entente: this result has no equilibrium to draw
  [1]

A column whose name holds commas stands in quotes, as in the file.

  $ cat > trade.json <<'END'
  > {"entente": 1, "family": "bayesian", "players": [{"name": "buyer", "types": {"strong": "1/5", "weak": "4/5"}}, {"name": "seller"}],
  >  "coalitions": [{"members": ["buyer", "seller"], "decisions": {"free": {"buyer": {"on": ["buyer"], "u": [30, 90]}}, "dear": {"seller": 90, "buyer": {"on": ["buyer"], "u": [-60, 0]}}}}]}
  > END
  $ entente sweep trade.json --vary coalitions/0/decisions/dear/seller=60:90:3 -o trade.csv; entente plot trade.csv --y '"coalitions.buyer,seller.utilities.seller",residual' | grep -o '>coalitions.buyer,seller.utilities.seller, residual<'
  >coalitions.buyer,seller.utilities.seller, residual<
  $ entente plot trade.csv --y '"coalitions.buyer,seller.utilities.seller'
  ! entente: --y: wanted columns, those with commas in quotes, found "coalitions.buyer,seller.utilities.seller
  [1]
  $ entente plot trade.csv --y '"residual"seller'
  ! entente: --y: wanted columns, those with commas in quotes, found "residual"seller
  [1]
  $ entente plot trade.csv --y '"a ""name"""' 2>&1 | cut -c 1-39
  entente: no column is called "a "name""

What is no picture.

  $ entente plot nations.json
  ! entente: a model is drawn over a grid: --vary path=from:to:count
  [1]
  $ entente plot s.csv --x discount --y level
  ! entente: several rows have discount = 0; name the column in which they differ with --group
  [1]
  $ entente plot s.csv --x discuont --y level
  ! entente: no column is called "discuont"; did you mean "discount"?
  [1]
  $ entente plot s.csv --x discount --y nothing
  ! entente: no column is called "nothing"; there are discount, renegotiation, outcome, span, level, joint, payments, extortion.level, players.A.lowest, players.A.highest, players.B.lowest, players.B.highest, players.C.lowest, players.C.payoff, players.C.payment, on_path.A, on_path.B, on_path.C, residual
  [1]
  $ entente plot s.csv --x discount --y outcome --group renegotiation
  ! entente: column "outcome" holds words, which cannot be drawn along the y axis
  [1]
  $ entente plot s.csv --x discount --y level --group level
  ! entente: several rows have discount = 0; name the column in which they differ with --group
  [1]
  $ entente plot s.csv --x discount --y level --heat span
  ! entente: the values of level are not evenly spaced, as a map wants them
  [1]
  $ entente plot s.csv --x outcome --y renegotiation --heat span
  ! entente: column "outcome" holds words; the axes of a map are numbers
  [1]
  $ echo > nothing.csv; entente plot nothing.csv
  ! entente: nothing.csv: wanted a line with the names of columns, found none
  [1]
  $ printf 'a,b\n1,2,3\n' | entente plot -
  ! entente: -:2: wanted 2 fields, as there are names, found 3
  [1]
  $ printf 'a,b\n1,2\n2,4\n' | entente plot - | grep -c '<svg'
  1
