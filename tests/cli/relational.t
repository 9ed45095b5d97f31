The public-good game of three symmetric nations, [MW25] Section 5.1.1, from the file to the verified answer.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente solve nations.json
  $ entente solve nations.json --csv | head -5
  $ entente solve nations.json --json > result.json; entente verify result.json
  $ entente solve - --json < nations.json | cmp - result.json
  $ entente solve nations.json --json -o again.json && cmp again.json result.json
  $ entente solve nations.json --json --set threads=1 | cmp - result.json
  $ entente solve nations.json --json --set threads=2 | cmp - result.json
  $ entente verify - < result.json
  $ entente verify result.json --quiet
  $ entente verify result.json --report | tail -1

A number that is changed is refused.

  $ sed 's/"level": {"value": 4, "exact": "4"}/"level": {"value": 5, "exact": "5"}/' result.json > forged.json
  $ cmp -s result.json forged.json || echo changed
  $ entente verify forged.json > report.txt; echo $?; tail -1 report.txt

Matching pennies has no pure equilibrium: that is an answer, with exit code 2, and it is verified like any other.

  $ cat > pennies.json <<'END'
  > {"entente": 1, "family": "relational",
  >  "players": [{"name": "Even", "actions": ["heads", "tails"]}, {"name": "Odd", "actions": ["heads", "tails"]}],
  >  "payoffs": [[1, -1], [-1, 1], [-1, 1], [1, -1]], "coalition": ["Even", "Odd"], "discount": "1/2"}
  > END
  $ entente solve pennies.json
  $ entente solve pennies.json --json > none.json; echo $?; entente verify none.json
