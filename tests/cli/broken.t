Files that are no model, each told where and why.

  $ entente solve missing.json
  $ entente solve .
  $ : > empty.json; entente solve empty.json
  $ printf '{"entente": 1,\n "family": "relational",\n' > cut.json; entente solve cut.json
  $ printf '\377\376{' > binary.json; entente solve binary.json
  $ printf '{"entente": 1, "family": "relational", "family": "outside"}' > twice.json; entente solve twice.json
  $ printf '[1]' | entente solve -
  $ printf '{"entente": 2, "family": "relational"}' | entente solve -
  $ printf '{"family": "relational"}' | entente solve -
  $ printf '{"entente": 1}' | entente solve -
  $ printf '{"entente": 1, "family": "poker"}' | entente solve -
  $ printf '{"entente": 1, "family": "relational", "discount": NaN}' | entente solve -
  $ printf '{"entente": 1, "family": "relational", "discount": 1/2}' | entente solve -
  $ printf '{"entente": 1, "family": "relational", "dicsount": 0.5}' | entente solve -
  $ printf '%1000s' '' | tr ' ' '[' | entente solve -
  $ printf '{"entente": 1, "family": "relational"} {}' | entente solve -
  $ head -c 3000000 /dev/zero | entente solve -
  $ head -c 3000000 /dev/zero | tr '\0' '"' | entente solve -
  $ head -c 3000000 /dev/zero | tr '\0' '1' | entente solve - 2>&1 | cut -c 1-80

The same for results.

  $ printf '{"entente": 1}' | entente verify -
  $ printf '{"entente": 1, "family": "relational", "method": "contractual"}' | entente verify -
  $ printf '{"entente": 1, "family": "poker", "method": "bluff"}' | entente verify -
  $ printf 'no' | entente verify -

Output that cannot be written.

  $ entente new relational > m.json
  $ entente solve m.json -o missing/out.json
  $ entente solve m.json --json > /dev/full
  $ entente sweep m.json --vary discount=0:1/2:3 -o missing/out.csv
  $ entente sweep m.json --vary discount=0:1/2:3 > /dev/full
  $ entente plot m.json --vary discount=0:1/2:3 -o missing/out.svg

Wrong changes.

  $ entente solve m.json --set discount
  $ entente solve m.json --set dicsount/x=1
  $ entente solve m.json --set players/Nobody/size=1
  $ entente solve m.json --set discount=2
  $ entente solve m.json --set threads=-1
  $ entente solve m.json --set tolerance=much
  $ entente solve m.json --method frobnicate
