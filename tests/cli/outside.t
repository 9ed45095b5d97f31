The outside family: offers from a column of a CSV file, and what is wrong with one.

  $ cat > offers.csv <<'END'
  > year,"share, %"
  > 2001,0.25
  > 2002,"0.5"
  > 
  > 2003,3/4
  > END
  $ cat > csv.json <<'END'
  > {"entente": 1, "family": "outside", "fee": "11/10", "search_cost": "1/50", "discount": "9/10",
  >  "offers": {"distribution": "empirical", "values": {"csv": "offers.csv", "column": "share, %"}}}
  > END
  $ entente solve csv.json --json -o csv.result.json
  $ grep -c '"values": \["0.25", "0.5", "3/4"\]' csv.result.json
  1
  $ entente verify csv.result.json
  csv.result.json: accepted
  $ entente solve csv.json --set offers/values/csv=nowhere.csv
  ! entente: csv.json: no place is called offers/values/csv: nothing is called "csv" there
  [1]
  $ sed 's/share, %/shares/' csv.json > column.json
  $ entente solve column.json
  ! entente: offers.csv:1: wanted a column "shares" in the first line
  [1]
  $ sed 's/share, %/year/' csv.json > year.json
  $ entente solve year.json
  ! entente: offers.csv:2: wanted a number in [0,1] in column "year", found "2001"
  [1]
  $ sed 's/"column"/"colum"/' csv.json > key.json
  $ entente solve key.json
  ! entente: key.json:2:74: /offers/values/colum: unknown member "colum"; did you mean "column"?
  [1]
  $ sed 's/offers.csv/none.csv/' csv.json > none.json
  $ entente solve none.json
  ! entente: none.csv: cannot be read: No such file or directory
  [1]
  $ sed -i 's/0.5/half/' offers.csv
  $ entente solve csv.json
  ! entente: offers.csv:3: wanted a number in [0,1] in column "share, %", found "half"
  [1]
