The public-good game of three symmetric nations, [MW25] Section 5.1.1, from the file to the verified answer.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente solve nations.json
  Three symmetric nations: coalition-directed contractual equilibrium
  
                   value  meaning
  ---------  -----------  ----------------------------------------------------
  level                4  the insiders' total per period
  span         0.5 = 1/2  what can be used to reward and to punish insiders
  joint      6.25 = 25/4  everybody's total per period
  payments             1  what insiders pay to outsiders per period
  extortion     6.398979  the level if outsiders could be made to pay up front
  
  Negotiated by A, B; discount factor 4/5; renegotiation every period.
  
  Who does what, who gets what, who is paid
  
  player  role      effort  adds  alone  at least  at most  is paid
  ------  --------  ------  ----  -----  --------  -------  -------
  A       insider        1     1    0.5      1.75     2.25        -
  B       insider        1     1    0.5      1.75     2.25        -
  C       outsider     1.5   1.5    0.5      2.25     2.25        1
  
  Adds: size times effort, what a player adds to the common good; alone: what it would add by itself.
  Payoffs are per period, in the units of the model. Insiders divide the level among themselves, each
  within its bounds; an outsider's payoff is that at agreement; what it is paid rewards its play on
  the path.
  
  If an insider does not keep its word: what disagreement prescribes against it
  
  against  holds it to  A  B    C
  -------  -----------  -  -  ---
  nobody   on the path  1  1  1.5
  A               1.75  1  0  0.5
  B               1.75  0  1  0.5
  
  The columns show each player's effort in that play. An outsider that does not play its part is not
  paid in that period; later negotiations do not remember it.
  
  What is certified, and how
  
  number                        word   checked by
  ----------------------------  -----  -----------------------------------------------------------------
  /certificate/model_sha256     exact  SHA-256 of the model's compact text
  /certificate/scale            exact  from the payoffs
  /certificate/enclosure        exact  every problem and the span proved in rationals
  /certificate/enclosure/level  exact  holds the bounds that follow from the problems
  span                          exact  proved from below by plays and from above by multipliers
  level                         exact  level, on_path_value, joint and payments within the proved bounds
  
  12 checks: 11 exact, 1 verified, 0 approximate; all of them with --json. Recheck with `entente
  verify`.
  $ entente solve nations.json --csv | head -5
  # Three symmetric nations: coalition-directed contractual equilibrium
  ,value,meaning
  level,4,the insiders' total per period
  span,0.5 = 1/2,what can be used to reward and to punish insiders
  joint,6.25 = 25/4,everybody's total per period
  $ entente solve nations.json --json > result.json; entente verify result.json
  result.json: accepted
  $ entente solve - --json < nations.json | cmp - result.json
  $ entente solve nations.json --json -o again.json && cmp again.json result.json
  $ entente solve nations.json --json --set threads=1 | cmp - result.json
  $ entente solve nations.json --json --set threads=2 | cmp - result.json
  $ entente verify - < result.json
  -: accepted
  $ entente verify result.json --quiet
  $ entente verify result.json --report | tail -1
  result.json: accepted

A number that is changed is refused.

  $ sed 's/"level": {"value": 4, "exact": "4"}/"level": {"value": 5, "exact": "5"}/' result.json > forged.json
  $ cmp -s result.json forged.json || echo changed
  changed
  $ entente verify forged.json > report.txt; echo $?; tail -1 report.txt
  2
  forged.json: REFUSED

Matching pennies has no pure equilibrium: that is an answer, with exit code 2, and it is verified like any other.

  $ cat > pennies.json <<'END'
  > {"entente": 1, "family": "relational",
  >  "players": [{"name": "Even", "actions": ["heads", "tails"]}, {"name": "Odd", "actions": ["heads", "tails"]}],
  >  "payoffs": [[1, -1], [-1, 1], [-1, 1], [1, -1]], "coalition": ["Even", "Odd"], "discount": "1/2"}
  > END
  $ entente solve pennies.json
  no equilibrium
  
  outcome  reason
  -------  --------------------------------------------------------------
  none     no play is enforceable at any fixed point of the incentive map
  
  Negotiated by Even, Odd; discount factor 1/2; renegotiation every period.
  
  What is certified, and how
  
  number                     word   checked by
  -------------------------  -----  -------------------------------------------------------------------------
  /certificate/model_sha256  exact  SHA-256 of the model's compact text
  /certificate/scale         exact  from the payoffs
  /certificate/bounds        exact  the map iterated from above, and every block of enforceable plays refused
  
  3 checks: 3 exact, 0 verified, 0 approximate; all of them with --json. Recheck with `entente
  verify`.
  [2]
  $ entente solve pennies.json --json > none.json; echo $?; entente verify none.json
  2
  none.json: accepted
