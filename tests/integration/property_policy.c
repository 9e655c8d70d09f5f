/* property_policy.c - the drawn case as a policy file. */
#include "property_case.h"

/* Always in double quotes, the one YAML style that can spell every text. */
static void yaml_text(struct buffer *out, const char *text)
{
    buffer_add(out, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            buffer_addf(out, "\\%c", *c);
        } else if (*c == '\n') {
            buffer_add(out, "\\n");
        } else if (*c == '\t') {
            buffer_add(out, "\\t");
        } else {
            buffer_add_bytes(out, c, 1);
        }
    }
    buffer_add(out, "\"");
}

static void yaml_columns(struct property_case *property, struct buffer *out,
                         const struct case_clock *clock)
{
    if (clock->column_count == 2) {
        buffer_add(out, "{latest: [");
        yaml_text(out, property->columns[clock->columns[0]]);
        buffer_add(out, ", ");
        yaml_text(out, property->columns[clock->columns[1]]);
        buffer_add(out, "]}");
        return;
    }
    const char *column = property->columns[clock->columns[0]];
    if (clock->null_active || property->number % 3 == 0) {
        buffer_add(out, "{column: ");
        yaml_text(out, column);
        buffer_add(out, clock->null_active ? ", when_null: active}" : "}");
    } else {
        yaml_text(out, column);
    }
}

static void yaml_clock(struct property_case *property, struct buffer *out,
                       const struct case_rule *rule, int level)
{
    const struct case_clock *clock = &rule->levels[level];
    if (clock->fkey < 0) {
        yaml_columns(property, out, clock);
        return;
    }
    int table = property_level_table(property, rule, level);
    const struct case_fkey *fkey = &property->tables[table].fkeys[clock->fkey];
    buffer_add(out, "{parent: ");
    yaml_text(out, property_name(property, fkey->parent));
    buffer_add(out, ", via: ");
    if (fkey->composite) {
        buffer_addf(out, "[%s, %s]", fkey->columns[0], fkey->columns[1]);
    } else {
        buffer_add(out, fkey->columns[1]);
    }
    buffer_add(out, ", clock: ");
    yaml_clock(property, out, rule, level + 1);
    buffer_add(out, "}");
}

static void yaml_masks(struct property_case *property, struct buffer *out, unsigned masks)
{
    static const struct {
        enum case_mask mask;
        enum case_column column;
        const char *spelling;
    } spellings[] = {
        {SECRET_NULL, COLUMN_SECRET, "null"},
        {SECRET_FIXED, COLUMN_SECRET, "{fixed: gone}"},
        {SECRET_EMPTY, COLUMN_SECRET, "empty"},
        {SECRET_DEFAULT, COLUMN_SECRET, "default"},
        {EMAIL_UNIQUE, COLUMN_EMAIL, "unique"},
        {IP_NETWORK, COLUMN_IP, "ip_network"},
        {IP_NULL, COLUMN_IP, "null"},
        {BORN_MONTH, COLUMN_BORN, "{floor: month}"},
        {BORN_YEAR, COLUMN_BORN, "{floor: year}"},
        {BORN_NULL, COLUMN_BORN, "~"},
    };
    const char *separator = "    mask: {";
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (masks & spellings[i].mask) {
            buffer_add(out, separator);
            yaml_text(out, property->columns[spellings[i].column]);
            buffer_addf(out, ": %s", spellings[i].spelling);
            separator = ", ";
        }
    }
    buffer_add(out, "}\n");
}

static void yaml_rule(struct property_case *property, struct buffer *out,
                      const struct case_rule *rule)
{
    buffer_add(out, "  - table: ");
    yaml_text(out, property_name(property, rule->table));
    buffer_addf(out, "\n    category: c%d\n", (int)(rule - property->rules));
    if (rule->id != NULL) {
        buffer_addf(out, "    id: %s\n", rule->id);
    }
    if (rule->own_keep) {
        buffer_addf(out, "    keep: %s\n", rule->window);
    }
    buffer_add(out, "    clock: ");
    yaml_clock(property, out, rule, 0);
    buffer_addf(out, "\n    action: %s\n", rule->purge ? "purge" : "anonymise");
    if (!rule->purge) /* the unique columns of these tables stay */
        buffer_add(out, "    accept: {label: pseudonymous, reason: drawn}\n");
    if (rule->only != NULL) {
        buffer_add(out, "    only: ");
        yaml_text(out, rule->only);
        buffer_add(out, "\n");
    }
    if (rule->unless != NULL) {
        buffer_add(out, "    unless: ");
        yaml_text(out, rule->unless);
        buffer_add(out, "\n");
    }
    for (int i = 0; i < rule->cascade_count; i++) {
        buffer_add(out, i == 0 ? "    cascade: [" : ", ");
        yaml_text(out, property_name(property, rule->cascade[i]));
    }
    buffer_add(out, rule->cascade_count > 0 ? "]\n" : "");
    if (!rule->purge) {
        yaml_masks(property, out, rule->masks);
    }
}

static void yaml_holds(struct property_case *property, struct buffer *out)
{
    buffer_add(out, property->hold_count > 0 ? "holds:\n" : "");
    for (int i = 0; i < property->hold_count; i++) {
        const struct case_hold *hold = &property->holds[i];
        buffer_addf(out, "  - id: hold-%d\n    reason: \"case %d\"\n", i, i);
        if (hold->table_count == 1) {
            buffer_add(out, "    table: ");
            yaml_text(out, property_name(property, hold->tables[0]));
        } else {
            buffer_add(out, "    tables: [");
            yaml_text(out, property_name(property, hold->tables[0]));
            buffer_add(out, ", ");
            yaml_text(out, property_name(property, hold->tables[1]));
            buffer_add(out, "]");
        }
        buffer_add(out, "\n    where: ");
        yaml_text(out, hold->where);
        buffer_add(out, hold->follow ? "\n    follow: true\n" : "\n");
        if (hold->until != NULL) {
            buffer_addf(out, "    until: %s\n", hold->until);
        }
    }
}

void property_policy(struct property_case *property, const char *database, struct buffer *out)
{
    buffer_addf(out, "pgretain: 1\npolicy: property\ndatabase: %s\ntimezone: %s\n", database,
                property->time_zone);
    buffer_add(out, "categories:\n");
    for (int i = 0; i < property->rule_count; i++) {
        const struct case_rule *rule = &property->rules[i];
        buffer_addf(out, "  c%d: {keep: %s", i, rule->own_keep ? "24 months" : rule->window);
        buffer_add(out, rule->beyond_cap
                            ? ", obligation: {law: \"some law\", review: 2099-12-31}}\n"
                            : "}\n");
    }
    buffer_add(out, "limits: {share: 100%}\n");
    yaml_holds(property, out);
    buffer_add(out, "rules:\n");
    for (int i = 0; i < property->rule_count; i++) {
        yaml_rule(property, out, &property->rules[i]);
    }
}
