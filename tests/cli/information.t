Who tells the truth in an alliance, and who commits how much: [ITA] Section 5.1, from the file to the verified answer.

  $ cat > allies.json <<'END'
  > {"entente": 1, "family": "information", "name": "Four allies",
  >  "players": [{"name": "A", "bias": "1/20"}, {"name": "B", "bias": "1/15"}, {"name": "C", "bias": "1/12"}, {"name": "D", "bias": "1/10"}],
  >  "interdependence": "1/2", "commitment": {"cost": "1/10"}}
  > END
  $ entente solve allies.json
  Four allies: does everybody tell the truth?
  
                             answer  meaning
  ---------------  ----------------  ---------------------------------------------------------------------------------
  full revelation               yes  nobody gains by a lie: the incentive constraints themselves
  Theorem 2                     yes  its condition, which suffices but is not necessary
  its margin       0.1333333 = 2/15  smallest distance over the players; negative: violated
  equation (5)                  yes  the condition on the two extreme biases alone, which is necessary for Theorem 2's
  largest size                    7  with these extreme biases, for some composition, by Theorem 2; - for no limit
    by (5)                        7  as Proposition 1 has it
  interdependence        0.7 = 7/10  largest for these biases, by Theorem 2; - for none
    by (5)         0.755102 = 37/49  as Lemma 2 has it
  
  What a lie gains (negative: it costs)
  
  player  bias and misalignment     holding 0      holding 1  margin of Theorem 2
  ------  ---------------------  ------------  -------------  -------------------
  A                       -0.05  -0.001137778  -7.111111e-05            0.2833333
  B                  0.03333333      -0.00016  -0.0008711111                  0.3
  C                   0.1166667             0   -0.002613333            0.2166667
  D                         0.2             0   -0.005763333            0.1333333
  
  What is certified, and how
  
  number                     word   checked by
  -------------------------  -----  --------------------------------------------------------------------------------------------------
  /certificate/model_sha256  exact  SHA-256 of the model's compact text
  /certificate/scale         exact  theta lies in [0,1]
  margins                    exact  Theorem 2 and equation (5) from their definitions, and their margins
  largest_size               exact  the size holds and the next does not; interdependence with every player's condition
  gains                      exact  every player and signal, from the policies in every state: the first-order conditions hold exactly
  
  5 checks: 5 exact, 0 verified, 0 approximate; all of them with --json. Recheck with `entente
  verify`.
  $ entente solve allies.json --method commitment
  Four allies: commitments
  
                                       value  meaning
  -----------------  -----------------------  -------------------------------------------------------------------
  threshold q                              1  up to this many ones nobody is at his bound; -: everybody always is
  residual y                     0.125 = 1/8  what is invested beyond the policies at q
  level e*                 0.4583333 = 11/24  the estimate of the state up to which investments suffice
  total                     2.133333 = 32/15  of all investments
  welfare            -0.4730556 = -1703/3600  of all, costs included
  full revelation                        yes  nobody gains by a lie, given these investments
  planner's e*                   0.625 = 5/8  who counts everybody's losses and costs
  planner's total                 2.8 = 14/5
  planner's welfare   -0.4272222 = -769/1800
  
  Who commits how much
  
  player  investment  planner's     welfare  under the planner  holding 0, a lie gains  holding 1
  ------  ----------  ---------  ----------  -----------------  ----------------------  ---------
  A        0.4083333      0.575  -0.1057639        -0.09430556            -0.001137778  -0.002625
  B        0.4916667  0.6583333  -0.1140972         -0.1026389                -0.00016  -0.002625
  C            0.575  0.7416667  -0.1224306         -0.1109722                       0  -0.002625
  D        0.6583333      0.825  -0.1307639         -0.1193056                       0  -0.002625
  
  What is certified, and how
  
  number                     word   checked by
  -------------------------  -----  ------------------------------------------------------------------------------------------------------
  /certificate/model_sha256  exact  SHA-256 of the model's compact text
  /certificate/scale         exact  theta lies in [0,1]
  level                      exact  E(e_k - e*)^+ = c A / 2, investments and policies by their first-order conditions, welfare within them
  statics                    exact  from the condition of the level, differentiated
  gains                      exact  every player and signal, from the policies in every state: the first-order conditions hold exactly
  planner                    exact  E(e_k - e*)^+ = c / 2, the rest as above
  
  6 checks: 6 exact, 0 verified, 0 approximate; all of them with --json. Recheck with `entente
  verify`.
  $ entente solve allies.json --method partial --set players/D/bias=2/5 | head -20
  Four allies: who can tell the truth
  
  who tells the truth  welfare of all  maximal
  -------------------  --------------  -------
  nobody                   -0.2003646
  A                        -0.1977658
  A, B                     -0.1928125
  A, C                     -0.1928125
  A, B, C                  -0.1870833  yes
  
  5 of 16 sets are equilibria.
  
  Best equilibria
  
  for            who tells the truth
  -------------  -------------------
  all together   A, B, C
  the worst off  A, B, C
  A              A, B, C
  B              A, C
  $ entente solve allies.json --method policies --set 'truthful=["A", "D"]' | head -30
  Four allies: policies after the messages
  
  player  tells the truth  bias and misalignment      welfare
  ------  ---------------  ---------------------  -----------
  A       yes                      -0.05 = -1/20  -0.03064738
  B       no                   0.03333333 = 1/30  -0.02892562
  C       no                    0.1166667 = 7/60  -0.02892562
  D       yes                          0.2 = 1/5  -0.03064738
  
  Welfare: expected utility before signals, within the bounds.
  
  Within the bounds, by the number of ones among the truthful messages
  
  ones  estimate     A                   B                   C     D
  ----  --------  ----  ------------------  ------------------  ----
     0      0.25   0.2   0.1697 or 0.62424  0.25303 or 0.70758  0.45
     1       0.5  0.45  0.30606 or 0.76061  0.38939 or 0.84394   0.7
     2      0.75   0.7  0.44242 or 0.89697   0.52576 or 0.9803  0.95
  
  Of a babbler: after his own signal 0 or 1.
  
  Without bounds (Theorem 1)
  
  ones  estimate     A                   B                   C     D
  ----  --------  ----  ------------------  ------------------  ----
     0      0.25   0.2   0.1697 or 0.62424  0.25303 or 0.70758  0.45
     1       0.5  0.45  0.30606 or 0.76061  0.38939 or 0.84394   0.7
     2      0.75   0.7  0.44242 or 0.89697   0.52576 or 0.9803  0.95
  
  What is certified, and how
  $ entente solve allies.json --method commitment --json > result.json; entente verify result.json; echo $?
  result.json: accepted
  0
  $ sed 's/"49\/120"/"50\/120"/' result.json > forged.json; entente verify forged.json; echo $?
  refused     /solution/investments/A/value: wanted the double nearest to 50/120, found 0.4083333333333333
  exact       /certificate/model_sha256: SHA-256 of the model's compact text
  exact       /certificate/scale: theta lies in [0,1]
  exact       /solution/statics: from the condition of the level, differentiated
  exact       /solution/gains: every player and signal, from the policies in every state: the first-order conditions hold exactly
  exact       /solution/planner: E(e_k - e*)^+ = c / 2, the rest as above
  6 checks: 5 exact, 0 verified, 0 approximate, 1 refused
  forged.json: REFUSED
  2
  $ entente solve allies.json --set interdependence=1; echo $?
  1
  ! entente: allies.json:3:21: /interdependence: wanted an interdependence in [0,1), found 1
  $ entente solve allies.json --method commitment --set commitment=null; echo $?
  1
  ! entente: allies.json:3:42: /commitment: wanted an object, found null
  $ entente sweep allies.json --method revelation --vary interdependence=0,0.5,0.9 | grep -v '^#' | cut -d, -f1-6
  interdependence,outcome,full_revelation,theorem_2,margins.theorem_2,margins.equation_5
  0,solved,1,1,0.23333333333333334,0.6166666666666667
  0.5,solved,1,1,0.13333333333333333,0.08333333333333333
  0.9,solved,0,0,-0.6666666666666666,-0.03198198198198198
