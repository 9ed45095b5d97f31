# The warning set of docs/style.md, and the flags that make results reproducible.
add_library(ent_flags INTERFACE)
target_compile_options(ent_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wold-style-definition -Wwrite-strings -Wpointer-arith -Wcast-qual -Wundef -Wformat=2 -Wdouble-promotion
    -Wvla -Wnull-dereference -Wswitch-enum -ffp-contract=off)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(ent_flags INTERFACE
        -Walloca -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wimplicit-fallthrough=5)
endif()
if(CMAKE_C_COMPILER_ID STREQUAL "Clang") # which sees a format in every va_list that is handed on
    target_compile_options(ent_flags INTERFACE -Wno-format-nonliteral)
endif()
if(ENT_WERROR)
    target_compile_options(ent_flags INTERFACE -Werror)
endif()
if(ENT_SANITIZE)
    target_compile_options(ent_flags INTERFACE -fsanitize=${ENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(ent_flags INTERFACE -fsanitize=${ENT_SANITIZE})
endif()
if(ENT_FUZZ) # so that libFuzzer sees which lines of the library an input reaches
    target_compile_options(ent_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_include_directories(ent_flags INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
