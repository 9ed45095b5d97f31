Words that are no command, options that are none, and help.

  $ entente frobnicate
  ! entente: no command is called "frobnicate"; see `entente --help`
  [1]
  $ entente
  ! Entente computes agreements that hold when nobody enforces them.
  ! 
  ! usage: entente COMMAND [ARGUMENTS]
  ! 
  !   solve      solve a model and certify the answer
  !   verify     check a result document, using no solver
  !   convert    a game from .nfg to a model document, or back
  !   sweep      solve a model many times over a grid
  !   plot       draw a sweep's CSV file, a model over a grid, or a result
  !   reproduce  recompute the papers' numbers: printed, computed, agrees
  !   methods    list families and methods (--man: as a manual page)
  !   explain    a method's definition, source, settings and cost
  !   where      where an item of a paper is computed, checked and tested
  !   new        print a commented model to start from
  !   schema     print the JSON Schema of a family's models
  ! 
  ! A file name "-" is standard input. `entente COMMAND --help` shows a command's arguments; every command takes
  ! --quiet. Exit codes: 0 done and checked, 1 wrong use or failure, 2 the mathematics said no.
  [1]
  $ entente --help
  Entente computes agreements that hold when nobody enforces them.
  
  usage: entente COMMAND [ARGUMENTS]
  
    solve      solve a model and certify the answer
    verify     check a result document, using no solver
    convert    a game from .nfg to a model document, or back
    sweep      solve a model many times over a grid
    plot       draw a sweep's CSV file, a model over a grid, or a result
    reproduce  recompute the papers' numbers: printed, computed, agrees
    methods    list families and methods (--man: as a manual page)
    explain    a method's definition, source, settings and cost
    where      where an item of a paper is computed, checked and tested
    new        print a commented model to start from
    schema     print the JSON Schema of a family's models
  
  A file name "-" is standard input. `entente COMMAND --help` shows a command's arguments; every command takes
  --quiet. Exit codes: 0 done and checked, 1 wrong use or failure, 2 the mathematics said no.
  $ entente --version
  entente 0.1.0
  $ entente solve --help
  usage: entente solve FILE [--method M] [--set name=value ...] [--json|--csv|--text] [-o OUT]
         solve a model and certify the answer
  $ entente solve
  ! entente: solve wants one model file, found 0
  [1]
  $ entente solve a b
  ! entente: solve wants one model file, found 2
  [1]
  $ entente solve --frobnicate a
  ! entente: solve has no option "--frobnicate"; see `entente solve --help`
  [1]
  $ entente solve --method
  ! entente: --method wants a value
  [1]
  $ entente solve --json=yes a
  ! entente: --json takes no value
  [1]
  $ entente solve --json --csv a
  ! entente: only one of --json, --csv and --text can be had at a time
  [1]
  $ entente methods relational extra
  ! entente: methods wants at most one family, found 2 words
  [1]
  $ entente methods nothing
  ! entente: no family is called "nothing"; see `entente methods`
  [1]
  $ entente explain
  ! entente: explain wants one method, found 0
  [1]
  $ entente explain nothing
  ! entente: no method is called "nothing"; see `entente methods`
  [1]
  $ entente new
  ! entente: new wants the name of one family and perhaps of a method, found 0 words
  [1]
  $ entente new nothing
  ! entente: no family is called "nothing"; see `entente methods`
  [1]
  $ entente schema nothing
  ! entente: no family is called "nothing"; see `entente methods`
  [1]
  $ entente verify
  ! entente: verify wants one result file, found 0
  [1]
  $ entente verify nothing.json
  ! entente: nothing.json: cannot be read: No such file or directory
  [1]
  $ entente sweep
  ! entente: sweep wants one model file, found 0
  [1]
  $ entente plot
  ! entente: plot wants one file, found 0
  [1]
  $ entente reproduce one two
  ! entente: reproduce wants at most one paper or item, found 2 words
  [1]
  $ entente reproduce nothing
  ! entente: the catalogue has nothing called "nothing"; try mw25, fr, sal, ita or coco
  [1]
  $ entente where nothing at all
  ! entente: no item is called "nothing at all"; `entente where MW25` lists the items of a paper, `entente where` the papers
  [1]

Every family has a commented model to start from, which is solved and verified as it is.

  $ for family in $(entente methods | sed -n 's/^\([a-z]*\): .*/\1/p'); do
  >     entente new $family > new.json && entente solve new.json --json > result.json; echo "$family $?"
  >     entente verify result.json
  >     entente schema $family | head -c 1
  >     entente explain $(entente methods $family | sed -n '2s/^  \([a-z-]*\) .*/\1/p') | grep -c Source
  > done
  relational 0
  result.json: accepted
  {1
  outside 0
  result.json: accepted
  {1
  bayesian 0
  result.json: accepted
  {1
  information 0
  result.json: accepted
  {1
  strategic 0
  result.json: accepted
  {1

And every method one that it takes, where the family's is of another kind. (2: the game that coalition-perfect gets is the one for which it is proved to have no answer.)

  $ for family in $(entente methods | sed -n 's/^\([a-z]*\): .*/\1/p'); do
  >     for method in $(entente methods $family | sed -n 's/^  \([a-z-]*\) .*/\1/p'); do
  >         entente new $family $method > new.json && entente solve new.json --method $method --json > result.json; echo "$method $?: $(entente verify result.json)"
  >     done
  > done
  contractual 0: result.json: accepted
  subgame-perfect 0: result.json: accepted
  accession 0: result.json: accepted
  simulate 0: result.json: accepted
  equilibrium 0: result.json: accepted
  institution 0: result.json: accepted
  simulate 0: result.json: accepted
  neutral-procedural 0: result.json: accepted
  efficient 0: result.json: accepted
  strong 0: result.json: accepted
  random-dictator 0: result.json: accepted
  m-solution 0: result.json: accepted
  s-solution 0: result.json: accepted
  compare 0: result.json: accepted
  revelation 0: result.json: accepted
  policies 0: result.json: accepted
  partial 0: result.json: accepted
  commitment 0: result.json: accepted
  simulate 0: result.json: accepted
  coco 0: result.json: accepted
  coalition-perfect 2: result.json: accepted
  harsanyi 0: result.json: accepted
  nash 0: result.json: accepted
  threats 0: result.json: accepted
  tu-value 0: result.json: accepted
  shapley 0: result.json: accepted
  banzhaf 0: result.json: accepted
  dividends 0: result.json: accepted
  $ entente new strategic neutral-procedural
  ! entente: the family strategic has no method "neutral-procedural"; see `entente methods strategic`
  [1]

Standard output that cannot be written is a failure.

  $ entente --help > /dev/full
  ! entente: standard output could not be written
  [1]
  $ entente methods > /dev/full
  ! entente: standard output could not be written
  [1]
