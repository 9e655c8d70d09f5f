/*
 * fuzz_canonical.c - canonical_read() on arbitrary lines
 *
 * It must take exactly what a JSON library reads and the encoder writes again byte for byte, and
 * see the same fields in it. What it does not take must get a reason.
 */
#include "support/canonical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *line = (const char *)data;
    struct damage damage = {0};
    bool taken;
    if (!canonical_agrees(line, size, &taken))
        abort();
    if (!taken && (canonical_refuse(line, size, &damage) != -1 || damage.text[0] == '\0'))
        abort();
    return 0;
}
