# From GDP to the tariff war: `awk -f tariffs.awk sizes.csv > tariffs.json`. The model is described in README.md.
# Payoffs are in billion 2005 US$ a year, against free trade, rounded to a million.
BEGIN {
    FS = ","
    gravity = 1 / 8   # imports at free trade: gravity * GDP * GDP / world GDP
    demand = 2        # elasticity of import demand
    supply = 1 / 2    # elasticity of export supply that a country faces: supply / its share in world GDP
    tariff = 1 / 4
    code[1] = "US"; code[2] = "EU"; code[3] = "CHI"
    name[1] = "United States"; name[2] = "European Union"; name[3] = "China"
    short[1] = "US"; short[2] = "EU"; short[3] = "China"
}
/^#/ || /^region/ { next }
{ gdp[$1] = $2; world += $2 }

# What importer i gains and exporter j loses when i puts the tariff on imports from j.
function effect(i, j,    trade, elastic, borne, left) {
    trade = 1000 * gravity * gdp[code[i]] * gdp[code[j]] / world
    elastic = supply * world / gdp[code[i]]
    borne = demand / (demand + elastic)            # the part of the tariff that exporters bear
    left = trade * (1 - elastic * borne * tariff)  # imports with the tariff
    gain[i, j] = tariff * (left - (1 - borne) * (trade + left) / 2)
    loss[i, j] = tariff * borne * (trade + left) / 2
    imports[i, j] = trade
}

function others(i, which) { return which == 1 ? (i == 1 ? 2 : 1) : (i == 3 ? 2 : 3) }

# Action k of a player: bit 0, a tariff on the first other player; bit 1, on the second.
function taxes(i, k, j) { return j == others(i, 1) ? k % 2 : int(k / 2) }

function action(i, k) {
    if (k == 0) return "free trade"
    if (k == 3) return "tariffs on both"
    return "tariff on " short[others(i, k)]
}

END {
    for (i = 1; i <= 3; i++) for (j = 1; j <= 3; j++) if (i != j) effect(i, j)
    print "{\"entente\": 1, \"family\": \"strategic\", \"name\": \"A tariff war\","
    print " \"//\": \"Made by tariffs.awk from sizes.csv. Payoffs: billion 2005 US$ a year against free trade.\","
    print " \"players\": ["
    for (i = 1; i <= 3; i++) {
        printf "  {\"name\": \"%s\", \"actions\": [", name[i]
        for (k = 0; k < 4; k++) printf "%s\"%s\"", (k ? ", " : ""), action(i, k)
        print "]}" (i == 3 ? "]," : ",")
    }
    printf " \"payoffs\": ["
    for (p = 0; p < 64; p++) {
        act[1] = int(p / 16); act[2] = int(p / 4) % 4; act[3] = p % 4
        printf "%s[", (p == 0 ? "" : (p % 4 ? ", " : ",\n  "))
        for (i = 1; i <= 3; i++) {
            u = 0
            for (j = 1; j <= 3; j++) if (i != j) u += taxes(i, act[i], j) * gain[i, j] - taxes(j, act[j], i) * loss[j, i]
            printf "%s%.3f", (i == 1 ? "" : ", "), u
        }
        printf "]"
    }
    print "]}"
}
