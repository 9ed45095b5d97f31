strategic: a worth function in a file beside the model.

  $ mkdir there && cat > there/gloves.json <<'END'
  > {"entente": 1, "family": "strategic", "players": ["L", "R1", "R2"], "worth_file": "gloves.txt"}
  > END
  $ echo 0 0 0 1 0 1 0 1 > there/gloves.txt
  $ entente solve there/gloves.json --method shapley
  the Shapley value
  
  player            value
  ------  ---------------
  L       0.6666667 = 2/3
  R1      0.1666667 = 1/6
  R2      0.1666667 = 1/6
  
  Sum: 1.
  
  What is certified, and how
  
  number                     word   checked by
  -------------------------  -----  ------------------------------------------------
  /certificate/model_sha256  exact  SHA-256 of the model's compact text
  /certificate/worth_sha256  exact  SHA-256 of the file's bytes
  utilities/*                exact  what each player adds to each coalition, by size
  total                      exact  the sum of the utilities
  
  4 checks: 4 exact, 0 verified, 0 approximate; all of them with --json. Recheck with `entente
  verify`.
  $ entente solve there/gloves.json --method shapley --json -o there/result.json
  $ entente verify there/result.json
  there/result.json: accepted
  $ sha256sum there/gloves.txt | cut -c1-64 | xargs -I{} grep -c '"worth_sha256": "{}"' there/result.json
  1

The file it was solved for, in the result's folder or where the command runs, and no other:

  $ mv there/result.json . && entente verify result.json
  ! entente: result.json:6:94: /model/worth_file: wanted a file that can be read, found: No such file or directory
  [1]
  $ cp there/gloves.txt . && entente verify result.json
  result.json: accepted
  $ echo 0 0 0 1 0 1 0 1.0 > gloves.txt && entente verify result.json
  refused     /certificate/worth_sha256: recomputed "5718b87747ec7a17842dcfb48770b91d213d51b4ee64388b542694bf02541e21"
  exact       /certificate/model_sha256: SHA-256 of the model's compact text
  exact       /solution/utilities/*: what each player adds to each coalition, by size
  exact       /solution/total: the sum of the utilities
  4 checks: 3 exact, 0 verified, 0 approximate, 1 refused
  result.json: REFUSED
  [2]
  $ echo 0 0 0 1 0 1 0 2 > gloves.txt && entente verify result.json
  refused     /certificate/worth_sha256: recomputed "069397e4c5cdc86e63edff3915825d46179a8bbaa41afc78d7c05f5bf6ed9237"
  refused     /solution/utilities/L: the mean of what the player adds: off by -0.333, though claimed exactly
  refused     /solution/utilities/R1: the mean of what the player adds: off by -0.333, though claimed exactly
  refused     /solution/utilities/R2: the mean of what the player adds: off by -0.333, though claimed exactly
  exact       /certificate/model_sha256: SHA-256 of the model's compact text
  exact       /solution/total: the sum of the utilities
  6 checks: 2 exact, 0 verified, 0 approximate, 4 refused
  result.json: REFUSED
  [2]
