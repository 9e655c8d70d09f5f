/*
 * parts.h - the readers of the format's larger parts
 */
#ifndef POLICY_PARTS_H
#define POLICY_PARTS_H

#include "policy/reader.h"
#include "policy/tree.h"

/* The whole document into reader->policy. */
void read_policy(struct reader *reader, const struct node *root);

/* `rules`, a list; categories are not looked up yet. */
void read_rules(struct reader *reader, const struct node *list, void *policy);

/* A clock into struct policy_clock *. */
void read_clock(struct reader *reader, const struct node *value, void *field);

/* `mask`, a mapping of columns, into a struct policy_rule. */
void read_masks(struct reader *reader, const struct node *mapping, void *rule);

/* The keys of a summary, each into a struct policy_rule; then what they must be together. */
void read_into(struct reader *reader, const struct node *value, void *rule);
void read_period(struct reader *reader, const struct node *value, void *rule);
void read_by(struct reader *reader, const struct node *value, void *rule);
void read_measures(struct reader *reader, const struct node *value, void *rule);
void read_minimum(struct reader *reader, const struct node *value, void *rule);
void check_summary(struct reader *reader, const struct node *rule,
                   const struct policy_summary *summary);

/* The rows a group of its own must have, unless a rule says otherwise. */
enum { SUMMARY_MINIMUM = 10 };

/* Whether `path` is one of the SQL/JSON paths that json_drop knows. */
bool json_path_is_valid(const char *path);

/* What can be judged only when everything is read: cap, categories, ids, masks across rules. */
void check_policy(struct reader *reader, const struct node *root);

#endif
