From an item of a paper to the code, however it is written.

  $ entente where | grep -c '\[MW25\]'
  1
  $ entente where MW25 | head -3
  Section 2        the game: negotiation, transfers, actions, payments; payoffs normalised by 1 - discount
  Theorem 1        the benchmark without renegotiation: what a coalition that negotiates once attains
  Theorem 2        the insiders' total after a negotiation does not depend on history
  $ entente where MW25 Thm 5 > a; entente where "mw25 Theorem 5" | cmp - a; entente where "[MW25] Thm. 5" | cmp - a; head -1 a
  [MW25] Theorem 5: span, level and lowest values of the contract
  $ entente where MW25 Theorem 2
  [MW25] Theorem 2: the insiders' total after a negotiation does not depend on history
    code       nothing to compute: a property of every equilibrium, used in the derivation
    checker    -
    tests      -
    catalogue  -
  $ entente where MW25 'eq. (22)' | head -1
  [MW25] eq. (22): the punishment problem of the public-good game
  $ entente where MW25 Thm 77
  ! entente: no item is called "MW25 Thm 77"; `entente where MW25` lists the items of a paper, `entente where` the papers
  [1]
