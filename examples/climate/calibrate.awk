# calibrate.awk - from the figures of RICE-2013 to the public-good game: awk -f calibrate.awk regions.csv
# Prints the players of rice2013.json; the formulas and their reasons stand in README.md.
BEGIN {
    FS = ","
    warming = 2.0         # degrees C at which damages are taken
    response = 0.00165    # degrees C per GtC emitted
    discount = 0.02       # a year, net of growth: what a lasting damage is worth
    matched = 0.2         # abatement rate at which the quadratic costs what RICE's curve costs
    exponent = 2.8        # of RICE's abatement cost
}
FNR > 1 {
    # US$ per tC (billion US$ per GtC): marginal damage a year, for ever
    benefit = 1000 * $3 * ($6 + 2 * $7 * warming) / 100 * response / discount
    # US$ per tC and MtC: cost slope * x^2 of x MtC
    slope = 1000 * $5 / exponent * matched ^ (exponent - 1) / (1000 * $4) / matched
    printf "    {\"name\": \"%s\", \"size\": %.4g, \"cost\": %.4g},\n", $2, benefit, slope * benefit
}
