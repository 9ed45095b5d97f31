The papers recomputed: printed, computed, agrees.

  $ entente reproduce 'MW25 Theorem 1'
  [MW25] Theorem 1: The benchmark without renegotiation, and extortion
    agrees            the greatest total [Theorem 1]
                      printed: L^N   computed: 20
    agrees            the coalition's value, the total less the outsiders' lowest [Theorem 1]
                      printed: L^N - sum of lowest   computed: 20
    agrees            the same as the level under extortion when nothing is renegotiated [Theorem 1]
                      printed: L^N - sum of lowest   computed: 20 against 20
    agrees            the lowest payoffs [Theorem 1]
                      printed: v_i   computed: 0
    holds             critical discount factors of the published table: below 1/4 the total is 14 [Goldluecke and Kranz (2012)]
                      computed: 14
    holds             from 1/4 on it is 18 [Goldluecke and Kranz (2012)]
                      computed: 18
    holds             up to 1/3 [Goldluecke and Kranz (2012)]
                      computed: 18
  
  7 claims of 1 items: 4 agree, 0 are wrong in print (docs/errata.md), 3 hold instead, 0 differ
  $ entente reproduce 'MW25 Section 5.2' | tail -1
  7 claims of 1 items: 5 agree, 1 are wrong in print (docs/errata.md), 1 hold instead, 0 differ
  $ entente reproduce mw25 > all.txt; echo $?
  0
  $ grep -c 'DIFFERS' all.txt
  0
  [1]
  $ entente reproduce mw25 --json | head -5
  {
    "entente": 1,
    "items": [
      {
        "file": "mw25/best-replies.json",
  $ entente reproduce mw25 --json | grep -c '"as_said": false'
  0
  [1]
  $ entente reproduce mw25 --json | grep '"differ"'
    "differ": 0
