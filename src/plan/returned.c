/* returned.c - a finding where rows are there again that an earlier run had erased. */
#include "plan/plan_private.h"

#include <inttypes.h>

void plan_note_returned(struct plan *plan, size_t number, const char *cutoff, int64_t rows)
{
    struct finding *finding = plan_add_finding(
        plan, &plan->steps[number], SEVERITY_WARNING, "resurrected",
        "%" PRId64 " row%s older than %.10s %s back that an earlier run had erased", rows,
        rows == 1 ? "" : "s", cutoff, rows == 1 ? "is" : "are");
    finding->rows = rows;
    finding->hint = "They are past their window and go again. A backup was restored or rows were "
                    "copied back, or somebody wrote rows with an old clock.";
}
