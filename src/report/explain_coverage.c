/* explain_coverage.c - what the policy promises of a table beside its rules. */
#include "report/explain.h"
#include "report/text.h"

#include <string.h>

static void say_subject(struct explanation *e)
{
    const struct policy *policy = e->plan->policy;
    for (size_t i = 0; i < policy->subject_count; i++)
        if (table_name_matches(&policy->subjects[i], e->table->schema, e->table->name))
            explain_add(e, ABOUT_COVERAGE, "Its rows are people%s.",
                        explain_place(e, policy->subjects[i].mark))
                ->mark = policy->subjects[i].mark;
}

static void say_exemption(struct explanation *e, const struct policy_exemption *exemption)
{
    struct buffer what = {0};
    for (size_t i = 0; i < exemption->column_count; i++) {
        buffer_add(&what, i == 0 ? exemption->column_count == 1 ? "Column " : "Columns " : ", ");
        text_escape(exemption->columns[i], &what);
    }
    if (exemption->column_count == 0)
        buffer_add(&what, "The whole table");
    explain_add(e, ABOUT_COVERAGE, "%s %s exempt%s: %s", buffer_text(&what),
                exemption->column_count > 1 ? "are" : "is", explain_place(e, exemption->mark),
                explain_safe(e, exemption->reason))
        ->mark = exemption->mark;
    buffer_free(&what);
}

static bool is_covered(const struct policy *policy, const struct catalog_table *table)
{
    for (size_t i = 0; i < policy->coverage_count; i++)
        if (table_name_matches(&policy->coverage_schemas[i], table->schema, table->name))
            return true;
    return false;
}

static size_t count_gaps(const struct explanation *e)
{
    size_t count = 0;
    for (size_t i = 0; i < e->plan->finding_count; i++) {
        const struct finding *finding = &e->plan->findings[i];
        count += finding->table != NULL && strcmp(finding->table, e->table->text) == 0 &&
                 strncmp(finding->code, "coverage-", strlen("coverage-")) == 0;
    }
    return count;
}

void explain_coverage(struct explanation *e)
{
    const struct policy *policy = e->plan->policy;
    const char *schema = explain_safe(e, e->table->schema);
    say_subject(e);
    for (size_t i = 0; i < policy->exemption_count; i++)
        if (table_name_matches(&policy->exemptions[i].table, e->table->schema, e->table->name))
            say_exemption(e, &policy->exemptions[i]);
    if (!is_covered(policy, e->table)) {
        explain_add(e, ABOUT_COVERAGE,
                    "Schema %s is not under coverage: nothing tells of columns without a rule.",
                    schema);
        return;
    }
    size_t gaps = count_gaps(e);
    explain_add(e, ABOUT_COVERAGE, "Schema %s is under coverage%s: %s.", schema,
                explain_place(e, policy->coverage_mark),
                gaps == 0 ? "every column here is taken care of"
                          : "columns here are not taken care of, see below")
        ->mark = policy->coverage_mark;
}
