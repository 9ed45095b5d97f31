The bayesian family: a trade and its broker, from the model to the checked answer.

  $ entente new bayesian > trade.json
  $ entente solve trade.json --json -o trade.result.json
  $ entente verify trade.result.json
  trade.result.json: accepted
  $ sed 's/"exact": "38"/"exact": "39"/' trade.result.json > forged.json
  $ entente verify forged.json | head -2
  refused     /solution/coalitions/buyer,seller,broker/utilities/seller/value: wanted the double nearest to 39, found 38
  refused     /solution/coalitions/buyer,seller,broker/utilities/seller: what the mechanism gives: off by -38, though claimed exactly
  $ entente solve trade.json --set players/buyer/types/strong=1/2
  ! entente: trade.json:10:32: /players/0/types: wanted probabilities of the types of "buyer" that sum to 1, found the sum 13/10 (write "1/3" for a third; one of them may be "rest", what the others leave)
  [1]
  $ sed 's|"weak": "4/5"|"weak": "rest"|' trade.json > rest.json
  $ entente sweep rest.json --vary players/buyer/types/strong=0.2:0.6:3 | grep -v '^#' | cut -d, -f1-5
  players/buyer/types/strong,outcome,"coalitions.buyer,seller.utilities.buyer.strong","coalitions.buyer
  0.2,solved,15,45,36
  0.4,solved,15,45,27
  0.6,solved,15,45,18
  $ entente sweep rest.json --method efficient --vary players/buyer/types/strong=0.2:0.6:3 | grep -v '^#' | cut -d, -f1-6
  players/buyer/types/strong,outcome,"coalitions.buyer,seller.value","coalitions.buyer,seller.first_best"
  0.2,solved,39,39,30,90
  0.4,solved,33,33,30,90
  0.6,solved,27,27,30,90

What the neutral procedural solution says, and its rivals.

  $ entente solve trade.json | head -8
  Bilateral trade with a broker: expected utility of every type in every coalition
  
  coalition            buyer strong  buyer weak  seller  broker  status
  -------------------  ------------  ----------  ------  ------  -------------
  buyer,seller                   15          45      36       -  nondegenerate
  buyer,broker                    0           0       -       0  nondegenerate
  seller,broker                   -           -       0       0  nondegenerate
  buyer,seller,broker            15          45      38       1  nondegenerate
  $ entente solve trade.json --method compare | head -8
  Bilateral trade with a broker: three solutions side by side
  
  solution                     buyer strong  buyer weak        seller     broker
  ---------------------------  ------------  ----------  ------------  ---------
  alone                                   0           0             0          0
  neutral procedural                     15          45            38          1
  M-solution (Myerson 1984)              15          45            39          0
  S-solution (Salamanca 2020)            13          45  38.6 = 193/5  0.8 = 4/5
  $ entente solve trade.json --method strong | head -14
  Bilateral trade with a broker: what each member would dictate
  
  coalition            dictator  others held to (4.12b)  others at least (4.12b)  buyer strong  buyer weak  seller  broker
  -------------------  --------  ----------------------  -----------------------  ------------  ----------  ------  ------
  buyer,seller         buyer     strong solution         strong solution                    30          90       0       -
  buyer,seller         seller    strong solution         strong solution                     0           0      72       -
  buyer,broker         buyer     strong solution         strong solution                     0           0       -       0
  buyer,broker         broker    strong solution         strong solution                     0           0       -       0
  seller,broker        seller    strong solution         strong solution                     -           -       0       0
  seller,broker        broker    strong solution         strong solution                     -           -       0       0
  buyer,seller,broker  buyer     strong solution         strong solution                    30          90       0       0
  buyer,seller,broker  seller    strong solution         strong solution                     0           0      78       0
  buyer,seller,broker  broker    strong solution         strong solution                    15          45      36       3
  
  $ entente solve trade.json --method random-dictator | head -12
  Bilateral trade with a broker: a random dictator, smaller coalitions drawing one too (RCRD')
  
  coalition            efficient  buyer strong  buyer weak  seller  broker
  -------------------  ---------  ------------  ----------  ------  ------
  buyer,seller         yes                  15          45      36       -
  buyer,broker         yes                   0           0       -       0
  seller,broker        yes                   -           -       0       0
  buyer,seller,broker  yes                  15          45      38       1
  
  Every draw is defined and efficient: together they are a bargaining solution.
  
  Bilateral trade with a broker: a random dictator against neutral procedural threats (RCRD)

What is wrong with a model is said with its place, what was wanted and what was found.

  $ sed 's/"members": \["buyer", "seller"\]/"members": ["buyer", "seler"]/' trade.json > member.json
  $ entente solve member.json
  ! entente: member.json:17:27: /coalitions/0/members/1: wanted the name of a player (buyer, seller, broker), found "seler"
  [1]
  $ sed 's/\["buyer"\], "u": \[30, 90\]}, "seller": 0/["buyr"], "u": [30, 90]}, "seller": 0/' trade.json > on.json
  $ entente solve on.json
  ! entente: on.json:20:41: /coalitions/0/decisions/trade at 0/buyer/on/0: wanted the name of a player (buyer, seller, broker), found "buyr"
  [1]
  $ sed 's/"u": \[30, 90\]}, "seller": 0/"u": [30, 60, 90]}, "seller": 0/' trade.json > shape.json
  $ entente solve shape.json
  ! entente: shape.json:20:56: /coalitions/0/decisions/trade at 0/buyer/u: wanted 2 entries, one a type of "buyer", found 3
  [1]
  $ sed 's/"buyer": {"on": \["buyer"\], "u": \[30, 90\]}, "seller": 0/"buyer": [30, 90], "seller": 0/' trade.json > list.json
  $ entente solve list.json
  ! entente: list.json:20:33: /coalitions/0/decisions/trade at 0/buyer: wanted a number, or {"on": [players], "u": [...]} with one number for each of their types, found a list alone
  [1]
  $ sed 's|"strong": "1/5", "weak": "4/5"|"strong": "-1/5", "weak": "6/5"|' trade.json > negative.json
  $ entente solve negative.json
  ! entente: negative.json:10:43: /players/0/types/strong: wanted a positive probability (leave out types that never occur), found -1/5
  [1]
  $ sed 's/\[30, 90\]}, "seller": 0/[NaN, 90]}, "seller": 0/' trade.json > nan.json
  $ entente solve nan.json
  ! entente: nan.json:20:57: wanted a value, found NaN; every number must be finite
  [1]
  $ sed 's/{"name": "broker"}/{"name": "buyer"}/' trade.json > twice.json
  $ entente solve twice.json
  ! entente: twice.json:12:14: /players/2/name: wanted different names, found a second player "buyer"
  [1]
  $ sed 's/"coalitions": \[/"closure": false, "coalitions": [/' trade.json > closed.json
  $ entente solve closed.json
  ! entente: closed.json:16:35: /coalitions: wanted a superadditive game, in which coalition "buyer,seller" can also take "out_buyer" together with "out_seller"; no decision of it is worth that (leave out "closure": false to have products added)
  [1]
  $ printf '{"entente": 1, "family": "bayesian", "coalitions": [], "players": [%s{"name": "last"}]}' "$(for k in 1 2 3 4 5 6 7 8 9 10 11 12; do printf '{"name": "%s"}, ' $k; done)" > many.json
  $ entente solve many.json
  ! entente: many.json:1:67: /players: wanted at most 12 players, because each of the 2^n coalitions is solved, found 13
  [1]
  $ sed 's|{"strong": "1/5", "weak": "4/5"}|["strong", "weak"]|; s|"players": \[|"prior": ["1/5", "3/5"], "players": [|' trade.json > prior.json
  $ entente solve prior.json
  ! entente: prior.json:9:12: /prior: wanted a prior that sums to 1, found the sum 4/5
  [1]
