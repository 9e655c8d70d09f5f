/*
 * plan_text.h - a plan as plain text, every part of it, for the golden files
 */
#ifndef GOLDEN_PLAN_TEXT_H
#define GOLDEN_PLAN_TEXT_H

#include "base/buffer.h"
#include "pgretain/plan.h"

/* Steps with the structure of their tests, then the findings. */
void plan_text(const struct plan *plan, struct buffer *out);
/* Count and deed of each step as `pgretain plan --sql` has them, without its session commands. */
void plan_sql_text(const struct plan *plan, struct buffer *out);

#endif
