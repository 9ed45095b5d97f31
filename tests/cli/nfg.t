Gambit's .nfg files: solved as they are, converted both ways, refused with line and column.

  $ printf 'NFG 1 R "Vendors" { "One" "Two" }\n{ { "airport" "beach" } { "airport" "beach" } }\n""\n{ { "" 40, 20 } { "" 100, 40 } { "" 80, 100 } { "" 50, 50 } }\n1 2 3 4\n' > v.nfg
  $ entente convert v.nfg --to json
  {
    "entente": 1,
    "family": "strategic",
    "name": "Vendors",
    "players": [
      {"name": "One", "actions": ["airport", "beach"]},
      {"name": "Two", "actions": ["airport", "beach"]}
    ],
    "payoffs": [[40, 20], [80, 100], [100, 40], [50, 50]]
  }
  $ entente convert v.nfg v.json && entente convert v.json --to nfg
  NFG 1 R "Vendors"
  { "One" "Two" }
  {
    { "airport" "beach" }
    { "airport" "beach" }
  }
  ""
  
  40 20
  100 40
  80 100
  50 50
  $ entente convert v.json w.nfg && entente convert w.nfg w.json && cmp v.json w.json
  $ entente solve v.nfg --method nash --json > r.json; entente verify r.json
  r.json: accepted
  $ printf 'NFG 1 R "" { "A" } { 2 }\n1 2 3\n' | entente solve -
  ! entente: -:2:5: wanted the end of the file after 2 payoffs, found 3
  [1]
  $ printf 'NFG 1 R "" { "A" } { 2 }\n1\n' | entente convert - --to json
  ! entente: -:3:1: wanted 2 payoffs, 1 of them, found the end of the file
  [1]
  $ entente convert v.nfg
  ! entente: convert wants --to nfg or --to json
  [1]
  $ entente convert v.nfg --to xml
  ! entente: --to wants nfg or json, found "xml"
  [1]
  $ printf '{"entente": 1, "family": "strategic", "quota": 2, "votes": {"A": 1, "B": 1}}' | entente convert - --to nfg
  ! entente: wanted a game with actions and payoffs, found a worth function or a voting game
  [1]
  $ printf '{"entente": 1, "family": "strategic", "transferable": true, "players": [{"name": "A", "actions": ["x"]}], "payoffs": [["1/3"]]}' | entente convert - --to nfg
  NFG 1 R ""
  { "A" }
  {
    { "x" }
  }
  ""
  
  1/3
  ! entente: note: an .nfg file cannot say that utility is transferable; that is dropped
