/** fuzz.h - what a fuzzer defines: one entry, as libFuzzer calls it. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** fuzz_rounds - how many mutations of its corpus the replay runs; each fuzzer defines it. */
extern const int fuzz_rounds;

/** FUZZ_CHECK - what must hold for every input; libFuzzer and the replay report the input when the
 * process aborts. */
#define FUZZ_CHECK(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
            abort(); \
        } \
    } while (0)

#endif
