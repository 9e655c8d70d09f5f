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

/* Whether `path` is one of the SQL/JSON paths that json_drop knows. */
bool json_path_is_valid(const char *path);

/* What can be judged only when everything is read: cap, categories, ids, masks across rules. */
void check_policy(struct reader *reader, const struct node *root);

#endif
