# worth.awk - from a sweep of mediator.json over North's prior: what everybody gains by the mediator (columns 13 to 17 less 3 to 6), and
# what the two together lose without one. South is high with probability 1/2.
BEGIN {
    FS = ","
    print "prior,what private information costs,the mediator's fee,North high,North low,South high,South low,mediator"
}
/^[0-9]/ {
    p = $1
    all = p * (11 + 7) / 2 + (1 - p) * (7 + 3) / 2
    alone = p * $3 + (1 - p) * $4 + ($5 + $6) / 2
    printf "%s,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g\n", p, all - alone, $17, $13 - $3, $14 - $4, $15 - $5, $16 - $6, $17
}
