# Writes a C array from a file; run by ent_embed.
file(READ ${INPUT} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)" "\\1\n    " bytes "${bytes}")
file(WRITE ${OUTPUT} "/* Generated from a file of the source tree; do not edit. */\nextern const char ent_embed_${NAME}[];\nconst char ent_embed_${NAME}[] = {\n    ${bytes}0x00};\n")
