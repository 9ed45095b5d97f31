Sweeps: exact grids, the same bytes on any number of threads, resumed after kill -9 without losing or repeating a row.

  $ cat > nations.json <<'END'
  > {"entente": 1, "family": "relational", "name": "Three symmetric nations", "stage": "public-good",
  >  "players": [{"name": "A", "size": 1, "cost": 1}, {"name": "B", "size": 1, "cost": 1}, {"name": "C", "size": 1, "cost": 1}],
  >  "coalition": ["A", "B"], "discount": "4/5"}
  > END
  $ entente sweep nations.json --vary discount=0:1:5 2>&1 | cut -d, -f1-5 | grep -v '^# settings'
  $ entente sweep nations.json --vary discount=0:3/4:4 | cut -d, -f1-5 | grep -v '^# settings'
  $ entente sweep nations.json --vary 'coalition=["A"],["A","B"]' --vary players/A/size=1:100:3:log --method subgame-perfect | grep -v '^#' | cut -d, -f1-7
  $ entente sweep nations.json --vary renegotiation=0,1/3,1 --set discount=1/2 | grep -v '^#' | cut -d, -f1-4
  $ entente sweep nations.json --vary tolerance=1e-12,1e-9 | grep -v '^#' | cut -d, -f1-4
  $ entente sweep - --vary discount=1/2 < nations.json | grep -v '^#' | cut -d, -f1-4

What is no sweep.

  $ entente sweep nations.json
  $ entente sweep nations.json --vary discount
  $ entente sweep nations.json --vary discount=0:1
  $ entente sweep nations.json --vary discount=0:1:x
  $ entente sweep nations.json --vary discount=0:1:0
  $ entente sweep nations.json --vary discount=0:1:3:log
  $ entente sweep nations.json --vary discount=0:1/2:3:lin
  $ entente sweep nations.json --vary discount=a:b:3
  $ entente sweep nations.json --vary discount=1,,2
  $ entente sweep nations.json --vary threads=1,2
  $ entente sweep nations.json --vary discount=0,1/2 --vary discount=0,1/2
  $ entente sweep nations.json --vary dicsount=0,1/2
  $ entente sweep nations.json --vary players/Z/size=1,2
  $ entente sweep nations.json --vary discount=0:1/2:1000000000 --vary renegotiation=0:1:1000000
  $ entente sweep nations.json --vary discount=0,1/2 --method simulate
  $ entente sweep nations.json --vary discount=0,1/2 --resume

One thread or two: the same bytes.

  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set threads=1 -o one.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set threads=2 -o two.csv
  $ cmp one.csv two.csv && wc -l < one.csv

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
  >     entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:500 -o killed.csv --resume --quiet &
  >     sleep 0.1; kill -9 $! 2> /dev/null; wait $! 2> /dev/null
  >     rounds=$((rounds + 1))
  > done
  > test $(rows) -gt 0 && echo "some rows"
  > entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:500 -o killed.csv --resume --quiet
  > entente sweep nations.json --vary discount=0:9/10:400 --vary renegotiation=0:1:500 -o whole.csv && cmp killed.csv whole.csv && wc -l < whole.csv

A file is not overwritten while it holds an unfinished sweep, nor continued as another sweep.

  $ head -c 3000 one.csv > cut.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o cut.csv
  $ entente sweep nations.json --vary discount=0:9/10:301 --vary renegotiation=0:1:20 -o cut.csv --resume
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 --set players/A/size=2 -o cut.csv --resume
  $ sed 's/^0,0.1/0,0.2/' one.csv > forged.csv; entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o forged.csv --resume
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o one.csv --resume --quiet; cmp one.csv two.csv
  $ entente sweep nations.json --vary discount=0:9/10:300 --vary renegotiation=0:1:20 -o one.csv --quiet; cmp one.csv two.csv
  $ echo notes > notes.txt; entente sweep nations.json --vary discount=0,1/2 -o notes.txt --resume
