From an item of a paper to the code, however it is written.

  $ entente where | grep -c '\[MW25\]'
  $ entente where MW25 | head -3
  $ entente where MW25 Thm 5 > a; entente where "mw25 Theorem 5" | cmp - a; entente where "[MW25] Thm. 5" | cmp - a; head -1 a
  $ entente where MW25 Theorem 2
  $ entente where MW25 'eq. (22)' | head -1
  $ entente where MW25 Thm 77
