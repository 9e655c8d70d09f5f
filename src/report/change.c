/* change.c - one change of a policy as a sentence. */
#include "mask/mask.h"
#include "report/parts.h"
#include "report/text.h"

#include <string.h>

static void add_subject(const struct change *change, struct buffer *out)
{
    static const char *const words[] = {
        [CHANGE_POLICY] = "",    [CHANGE_CATEGORY] = "category ", [CHANGE_HOLD] = "hold ",
        [CHANGE_RULE] = "rule ", [CHANGE_EXEMPTION] = "",
    };
    buffer_add(out, words[change->subject]);
    if (change->subject == CHANGE_EXEMPTION && change->column != NULL) {
        buffer_add(out, "column ");
        text_escape(change->column, out);
        buffer_add(out, " of ");
    }
    text_escape(change->name, out);
}

/* All of it came or went. */
static void add_whole(const struct change *change, struct buffer *out)
{
    bool came = change->mark[0].line == 0;
    if (change->subject == CHANGE_EXEMPTION) {
        buffer_add(out, came ? " is exempt now: " : " is not exempt any more; it was: ");
        add_expression(change->text[came], out);
        return;
    }
    buffer_add(out, came ? " is new" : " is gone");
    if (change->subject == CHANGE_RULE) {
        buffer_add(out, ": ");
        add_rule_in_short(change->rule[came], out);
    }
}

static void add_quoted(const char *text, struct buffer *out)
{
    buffer_add(out, "\"");
    add_expression(text, out);
    buffer_add(out, "\"");
}

static void add_masked(const struct change *change, int side, struct buffer *out)
{
    const struct policy_rule *rule = change->rule[side];
    add_expression(change->text[side], out);
    for (size_t i = 0; i < rule->mask_count; i++)
        if (strcmp(rule->masks[i].column, change->column) == 0)
            buffer_addf(out, " (%s)", mask_label_name(mask_label(&rule->masks[i])));
}

static void add_mask_change(const struct change *change, struct buffer *out)
{
    buffer_add(out, ": column ");
    text_escape(change->column, out);
    if (change->text[1] == NULL) {
        buffer_add(out, " is not masked any more; its mask was ");
        add_masked(change, 0, out);
        return;
    }
    buffer_add(out, change->text[0] == NULL ? " is masked, with " : " is masked with ");
    add_masked(change, 1, out);
    if (change->text[0] != NULL) {
        buffer_add(out, " instead of ");
        add_masked(change, 0, out);
    }
}

static void add_element(const struct change *change, struct buffer *out)
{
    bool came = change->text[0] == NULL;
    buffer_addf(out, came ? "%s gains " : "%s loses ", change->key);
    add_quoted(change->text[came], out);
}

static void add_plain(const struct change *change, struct buffer *out)
{
    const char *const *text = change->text;
    text_escape(change->key, out);
    buffer_add(out, text[1] == NULL ? " is not set any more; it was " : " is ");
    add_quoted(text[text[1] != NULL], out);
    if (text[0] != NULL && text[1] != NULL) {
        buffer_add(out, " instead of ");
        add_quoted(text[0], out);
    } else if (text[0] == NULL) {
        buffer_add(out, "; it was not set");
    }
}

void add_change(const struct change *change, struct buffer *out)
{
    add_subject(change, out);
    if (change->key == NULL) {
        add_whole(change, out);
        return;
    }
    if (change->subject == CHANGE_RULE && change->column != NULL) {
        add_mask_change(change, out);
        return;
    }
    if (change->text[0] == NULL && change->text[1] == NULL) {
        buffer_add(out, " has another condition"); /* a hold's, which is never shown */
        return;
    }
    if (change->subject == CHANGE_RULE && strcmp(change->key, "keep") == 0) {
        buffer_addf(out, " keeps for %s instead of %s", change->text[1], change->text[0]);
        return;
    }
    buffer_add(out, change->name == NULL ? "" : ": ");
    if (change->is_element)
        add_element(change, out);
    else
        add_plain(change, out);
}
