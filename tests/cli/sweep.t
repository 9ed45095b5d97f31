Sweeps: exact grids, the same bytes on any number of threads, resumed after kill -9 without losing or repeating a row.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente sweep nations.json --vary discount=0:1:5 2>&1 | cut -d, -f1-5 | grep -v '^# settings'
  # entente sweep of 5 points: relational contractual, version 0.1.0
  # model_sha256 8e77355d919a1b22e816588841142e55ff98f9ba5a555c7f1426b68ce8e06cfc
  # vary discount=0:1:5
  discount,outcome,span,level,joint
  0,solved,0,2.5,3.75
  0.25,solved,0.37499999999999994,3.2410254037844384,4.7797005383792515
  0.5,solved,0.5,3.732050807568877,5.559401076758502
  0.75,solved,0.5,4,6.25
  entente: point 4 (discount=1): nations.json:3:39: /discount: wanted a number in [0,1), found 1
  $ entente sweep nations.json --vary discount=0:3/4:4 | cut -d, -f1-5 | grep -v '^# settings'
  # entente sweep of 4 points: relational contractual, version 0.1.0
  # model_sha256 8e77355d919a1b22e816588841142e55ff98f9ba5a555c7f1426b68ce8e06cfc
  # vary discount=0:3/4:4
  discount,outcome,span,level,joint
  0,solved,0,2.5,3.75
  0.25,solved,0.37499999999999994,3.2410254037844384,4.7797005383792515
  0.5,solved,0.5,3.732050807568877,5.559401076758502
  0.75,solved,0.5,4,6.25
  $ entente sweep nations.json --vary 'coalition=["A"],["A","B"]' --vary players/A/size=1:100:3:log --method subgame-perfect | grep -v '^#' | cut -d, -f1-7
  coalition,players/A/size,outcome,span,joint,coalition_value,players.A.lowest
  "[""A""]",1,solved,6,6.75,6.25,0.25
  "[""A""]",10,solved,181.5,432,431.5,250
  "[""A""]",100,solved,9121.814553155016,265302,259121.81455315504,250000
  "[""A"",""B""]",1,solved,6,6.75,6.5
  "[""A"",""B""]",10,solved,181.5,432,431.75
  "[""A"",""B""]",100,solved,9121.814553155016,265302,262211.9072765775
  $ entente sweep nations.json --vary renegotiation=0,1/3,1 --set discount=1/2 | grep -v '^#' | cut -d, -f1-4
  renegotiation,outcome,span,level
  0,solved,6,5.25
  0.3333333333333333,solved,4.166666666666667,4.833333333333334
  1,solved,0.5,3.732050807568877
  $ entente sweep nations.json --vary tolerance=1e-12,1e-9 | grep -v '^#' | cut -d, -f1-4
  tolerance,outcome,span,level
  1e-12,solved,0.5,4
  1e-09,solved,0.5,4
  $ entente sweep - --vary discount=1/2 < nations.json | grep -v '^#' | cut -d, -f1-4
  discount,outcome,span,level
  0.5,solved,0.5,3.732050807568877

What is no sweep.

  $ entente sweep nations.json
  ! entente: a sweep wants --vary between once and 16 times, found 0
  [1]
  $ entente sweep nations.json --vary discount
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount"
  [1]
  $ entente sweep nations.json --vary discount=0:1
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=0:1": a range has three parts, and perhaps the word log
  [1]
  $ entente sweep nations.json --vary discount=0:1:x
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=0:1:x": the count must be a whole number from 1 to 10^9
  [1]
  $ entente sweep nations.json --vary discount=0:1:0
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=0:1:0": the count must be a whole number from 1 to 10^9
  [1]
  $ entente sweep nations.json --vary discount=0:1:3:log
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=0:1:3:log": a logarithmic range needs positive ends
  [1]
  $ entente sweep nations.json --vary discount=0:1/2:3:lin
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=0:1/2:3:lin": the fourth part can only be log
  [1]
  $ entente sweep nations.json --vary discount=a:b:3
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=a:b:3": from and to must be numbers
  [1]
  $ entente sweep nations.json --vary discount=1,,2
  ! entente: --vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found "discount=1,,2": a value is empty
  [1]
  $ entente sweep nations.json --vary threads=1,2
  ! entente: --vary threads: this setting cannot change a result; set it once with --set
  [1]
  $ entente sweep nations.json --vary discount=0,1/2 --vary discount=0,1/2
  ! entente: --vary discount is given twice
  [1]
  $ entente sweep nations.json --vary dicsount=0,1/2
  ! entente: nations.json:3:46: /dicsount: unknown member "dicsount"; did you mean "discount"?
  [1]
  $ entente sweep nations.json --vary players/Z/size=1,2
  ! entente: point 0 (players/Z/size=1): nations.json: no place is called players/Z/size: nothing is called "Z" there
  [1]
  $ entente sweep nations.json --vary discount=0:1/2:1000000000 --vary renegotiation=0:1:1000000
  ! entente: the grid has more than 1000000000000 points
  [1]
  $ entente sweep nations.json --vary discount=0,1/2 --method simulate
  ! entente: method simulate gives no row of numbers and cannot be swept; `entente methods` lists others
  [1]
  $ entente sweep nations.json --vary discount=0,1/2 --resume
  ! entente: --resume wants the file of the sweep: -o FILE
  [1]

One thread or two: the same bytes.

  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set threads=1 -o one.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set threads=2 -o two.csv
  $ cmp one.csv two.csv && wc -l < one.csv
  6006

Cut off anywhere: in the head, at a row's end, inside a row, before the last byte.

  $ size=$(wc -c < one.csv)
  > for keep in 0 1 40 700 5000 100000 $((size - 1)) $size; do
  >     head -c $keep one.csv > cut.csv
  >     entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o cut.csv --resume --quiet && cmp cut.csv one.csv
  > done

Killed in the middle, as often as it takes.

  $ rows() { test -f killed.csv && wc -l < killed.csv || echo 0; }
  > rounds=0
  > while [ $rounds -lt 3 ]; do
  >     entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:250 -o killed.csv --resume --quiet &
  >     sleep 0.1; kill -9 $! 2> /dev/null; wait $! 2> /dev/null
  >     rounds=$((rounds + 1))
  > done
  > test $(rows) -gt 0 && echo "some rows"
  > entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:250 -o killed.csv --resume --quiet
  > entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:250 -o whole.csv && cmp killed.csv whole.csv && wc -l < whole.csv
  some rows
  100006

A file is not overwritten while it holds an unfinished sweep, nor continued as another sweep.

  $ head -c 3000 one.csv > cut.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o cut.csv
  ! entente: cut.csv holds an unfinished sweep; --resume continues it, or remove the file
  [1]
  $ entente sweep nations.json --vary discount=0:9/10:301 --vary renegotiation=0:1:20 -o cut.csv --resume
  ! entente: cut.csv holds another sweep: it says "# entente sweep of 6000 points: relational contractual, version 0.1.0", and this sweep "# entente sweep of 6020 points: relational contractual, version 0.1.0"
  [1]
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set players/A/size=2 -o cut.csv --resume
  ! entente: cut.csv holds another sweep: it says "# model_sha256 8e77355d919a1b22e816588841142e55ff98f9ba5a555c7f1426b68ce8e06cfc", and this sweep "# model_sha256 767fedc8b466c5e9cc0a23b086e416acfcd22f3f3d6ea66897ccee341f8a2afd"
  [1]
  $ sed 's/^0,0.1/0,0.2/' one.csv > forged.csv; entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o forged.csv --resume
  ! entente: forged.csv: row 3 should begin with "0,0.10526315789473684,"; it was changed since it was written
  [1]
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o one.csv --resume --quiet; cmp one.csv two.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o one.csv --quiet; cmp one.csv two.csv
  $ echo notes > notes.txt; entente sweep nations.json --vary discount=0,1/2 -o notes.txt --resume
  ! entente: notes.txt holds another sweep: it says "notes", and this sweep "# entente sweep of 2 points: relational contractual, version 0.1.0"
  [1]
