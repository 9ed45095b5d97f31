Two gigabytes of nonsense, a document of too many values, and one that is a single text.

  $ head -c 2147483648 /dev/zero | entente solve -
  ! entente: -: cannot be read: File too large
  [1]
  $ (printf '['; yes '1,' | head -n 17000000 | tr -d '\n'; printf '1]') | entente solve -
  ! entente: -:1:33554432: the document has more than 16777216 values
  [1]
  $ (printf '"'; head -c 50000000 /dev/zero | tr '\0' 'x'; printf '"') | entente solve -
  ! entente: -:1:1: /: wanted an object, found the text "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
  [1]
