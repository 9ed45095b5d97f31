Files that are no model, each told where and why.

  $ entente solve missing.json
  ! entente: missing.json: cannot be read: No such file or directory
  [1]
  $ entente solve .
  ! entente: .: cannot be read: Is a directory
  [1]
  $ : > empty.json; entente solve empty.json
  ! entente: empty.json:1:1: wanted a value, found the end of the document
  [1]
  $ printf '{"entente": 1,\n "family": "relational",\n' > cut.json; entente solve cut.json
  ! entente: cut.json:3:1: wanted a key in double quotes, found the end of the document
  [1]
  $ printf '\377\376{' > binary.json; entente solve binary.json
  ! entente: binary.json:1:1: wanted a value, found the byte 0xff
  [1]
  $ printf '{"entente": 1, "family": "relational", "family": "outside"}' > twice.json; entente solve twice.json
  ! entente: twice.json:1:40: the key "family" stands twice in this object
  [1]
  $ printf '[1]' | entente solve -
  ! entente: -:1:1: /: wanted an object, found a list
  [1]
  $ printf '{"entente": 2, "family": "relational"}' | entente solve -
  ! entente: -:1:13: /entente: wanted 1, found 2
  [1]
  $ printf '{"family": "relational"}' | entente solve -
  ! entente: -:1:1: /: the member "entente" is missing
  [1]
  $ printf '{"entente": 1}' | entente solve -
  ! entente: -:1:1: /: the member "family" is missing
  [1]
  $ printf '{"entente": 1, "family": "poker"}' | entente solve -
  ! entente: -:1:26: /family: wanted the name of a family (see `entente methods`), found "poker"
  [1]
  $ printf '{"entente": 1, "family": "relational", "discount": NaN}' | entente solve -
  ! entente: -:1:52: wanted a value, found NaN; every number must be finite
  [1]
  $ printf '{"entente": 1, "family": "relational", "discount": 1/2}' | entente solve -
  ! entente: -:1:52: a fraction stands in quotes: "1/2"
  [1]
  $ printf '{"entente": 1, "family": "relational", "dicsount": 0.5}' | entente solve -
  ! entente: -:1:40: /dicsount: unknown member "dicsount"; did you mean "discount"?
  [1]
  $ printf '%1000s' '' | tr ' ' '[' | entente solve -
  ! entente: -:1:65: objects and arrays are nested more than 64 deep
  [1]
  $ printf '{"entente": 1, "family": "relational"} {}' | entente solve -
  ! entente: -:1:40: wanted nothing after the document, found '{'
  [1]
  $ head -c 3000000 /dev/zero | entente solve -
  ! entente: -:1:1: wanted a value, found the byte 0x00
  [1]
  $ head -c 3000000 /dev/zero | tr '\0' '"' | entente solve -
  ! entente: -:1:3: wanted nothing after the document, found '"'
  [1]
  $ head -c 3000000 /dev/zero | tr '\0' '1' | entente solve - 2>&1 | cut -c 1-80
  entente: -:1:1: /: wanted an object, found 1111111111111111111111111111111111111

The same for results.

  $ printf '{"entente": 1}' | entente verify -
  ! entente: -:1:1: /: the member "family" is missing
  [1]
  $ printf '{"entente": 1, "family": "relational", "method": "contractual"}' | entente verify -
  ! entente: -:1:1: /: the member "version" is missing
  [1]
  $ printf '{"entente": 1, "family": "poker", "method": "bluff"}' | entente verify -
  ! entente: -:1:26: /family: no checker knows the family "poker"
  [1]
  $ printf 'no' | entente verify -
  ! entente: -:1:1: wanted a value, found no; texts stand in double quotes
  [1]

Output that cannot be written.

  $ entente new relational > m.json
  $ entente solve m.json -o missing/out.json
  ! entente: missing/out.json: cannot be written: No such file or directory
  [1]
  $ entente solve m.json --json > /dev/full
  ! entente: standard output could not be written
  [1]
  $ entente sweep m.json --vary discount=0:1/2:3 -o missing/out.csv
  ! entente: missing/out.csv: cannot be written: No such file or directory
  [1]
  $ entente sweep m.json --vary discount=0:1/2:3 > /dev/full
  ! entente: standard output could not be written
  [1]
  $ entente plot m.json --vary discount=0:1/2:3 -o missing/out.svg
  ! entente: missing/out.svg: cannot be written: No such file or directory
  [1]

Wrong changes.

  $ entente solve m.json --set discount
  ! entente: --set wants name=value, found "discount"
  [1]
  $ entente solve m.json --set dicsount/x=1
  ! entente: m.json: no place is called dicsount/x: nothing is called "dicsount" there; did you mean "discount"?
  [1]
  $ entente solve m.json --set players/Nobody/size=1
  ! entente: m.json: no place is called players/Nobody/size: nothing is called "Nobody" there
  [1]
  $ entente solve m.json --set discount=2
  ! entente: m.json:25:15: /discount: wanted a number in [0,1), found 2
  [1]
  $ entente solve m.json --set threads=-1
  ! entente: setting threads: wanted an integer from 0 to 1024, found "-1"
  [1]
  $ entente solve m.json --set tolerance=much
  ! entente: setting tolerance: wanted a number from 0 to 0.001, found "much"
  [1]
  $ entente solve m.json --method frobnicate
  ! entente: family relational has no method "frobnicate" (see `entente methods`)
  [1]
