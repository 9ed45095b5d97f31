Words that are no command, options that are none, and help.

  $ entente frobnicate
  $ entente
  $ entente --help
  $ entente --version
  $ entente solve --help
  $ entente solve
  $ entente solve a b
  $ entente solve --frobnicate a
  $ entente solve --method
  $ entente solve --json=yes a
  $ entente solve --json --csv a
  $ entente methods relational extra
  $ entente methods nothing
  $ entente explain
  $ entente explain nothing
  $ entente new
  $ entente new nothing
  $ entente schema nothing
  $ entente verify
  $ entente verify nothing.json
  $ entente sweep
  $ entente plot
  $ entente reproduce one two
  $ entente reproduce nothing
  $ entente where nothing at all

Every family has a commented model to start from, which is solved and verified as it is.

  $ for family in $(entente methods | sed -n 's/^\([a-z]*\): .*/\1/p'); do
  >     entente new $family > new.json && entente solve new.json --json > result.json; echo "$family $?"
  >     entente verify result.json
  >     entente schema $family | head -c 1
  >     entente explain $(entente methods $family | sed -n '2s/^  \([a-z-]*\) .*/\1/p') | grep -c Source
  > done

Standard output that cannot be written is a failure.

  $ entente --help > /dev/full
  $ entente methods > /dev/full
