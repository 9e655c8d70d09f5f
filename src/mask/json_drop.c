/*
 * json_drop.c - removes the members that SQL/JSON paths select, at any depth, in one expression
 *
 * A recursive query walks the document from its root. All paths together form one automaton: each
 * value carries the states it is in, a value without states is copied as it stands, and a member
 * that reaches GONE is left out. What remains is put together again as text in document order. The
 * steps mean what they mean to jsonb_path_exists() in lax mode: a name looks into the objects of an
 * array (one level), and [*] on anything but an array is the value itself.
 */
#include "mask/json_path.h"
#include "mask/json_value.h"

#include <stdlib.h>

enum { GONE = -1 };

/* How a state of a value leads to a state of its members or elements. */
struct edge {
    int from;
    bool in_array;
    const char *name;  /* of the member; NULL: any */
    bool only_objects; /* lead to elements that are objects, no others */
    int to;
};

struct automaton {
    struct edge *edges;
    size_t edge_count;
    int *starts; /* one per path */
    size_t start_count;
    const char **texts; /* the paths for jsonb_path_exists() */
    size_t text_count;
    int states;
};

static void add_step(struct automaton *automaton, const struct json_path *path, size_t at,
                     struct edge edge, struct arena *arena)
{
    int state = automaton->states + (int)at;
    int next = at + 1 == path->step_count ? GONE : state + 1;
    const struct json_step *step = &path->steps[at];
    if (step->kind == JSON_ANY_DEPTH) {
        edge.to = state;
    } else if (step->kind == JSON_ELEMENTS) {
        if (!edge.in_array)
            return;
        edge.to = next;
    } else {
        edge.name = edge.in_array ? NULL : step->name;
        edge.only_objects = edge.in_array;
        edge.to = edge.in_array ? state : next;
    }
    *ARENA_PUSH(arena, automaton->edges, automaton->edge_count) = edge;
}

/* `.**` may stand for no step at all, and so may [*] where there is no array. */
static bool may_be_nothing(const struct json_step *step, bool in_array)
{
    return step->kind == JSON_ANY_DEPTH || (step->kind == JSON_ELEMENTS && !in_array);
}

static void add_path(struct automaton *automaton, const struct json_path *path, struct arena *arena)
{
    for (size_t from = 0; from < path->step_count; from++) {
        for (int in_array = 0; in_array <= 1; in_array++) {
            struct edge edge = {.from = automaton->states + (int)from, .in_array = in_array != 0};
            size_t at = from;
            add_step(automaton, path, at, edge, arena);
            while (may_be_nothing(&path->steps[at], edge.in_array))
                add_step(automaton, path, ++at, edge, arena);
        }
    }
    *ARENA_PUSH(arena, automaton->starts, automaton->start_count) = automaton->states;
    *ARENA_PUSH(arena, automaton->texts, automaton->text_count) = path->text;
    automaton->states += (int)path->step_count;
}

static struct automaton build(const struct policy_mask *mask, struct arena *arena)
{
    struct automaton automaton = {0};
    for (size_t i = 0; i < mask->item_count; i++) {
        struct json_path path;
        const char *problem;
        if (json_path_parse(mask->items[i], arena, &path, &problem) != 0)
            abort(); /* a bug: mask_check() refuses such a path */
        add_path(&automaton, &path, arena);
    }
    return automaton;
}

static void write_edges(const struct automaton *automaton, struct sql *sql)
{
    sql_add(sql, "pgretain_edge(state, in_array, name, only_objects, target) AS (VALUES ");
    for (size_t i = 0; i < automaton->edge_count; i++) {
        const struct edge *edge = &automaton->edges[i];
        sql_addf(sql, "%s(%d, %s, ", i == 0 ? "" : ", ", edge->from,
                 edge->in_array ? "true" : "false");
        if (edge->name == NULL)
            sql_add(sql, "NULL::text");
        else
            sql_param(sql, edge->name, "text");
        sql_addf(sql, ", %s, %d)", edge->only_objects ? "true" : "false", edge->to);
    }
    sql_add(sql, ")");
}

/* The members and elements of `node`, each with its states. */
static void write_children(const char *type, struct sql *sql)
{
    sql_addf(sql,
             "SELECT m.value, to_json(m.key)::text || ':', m.n, "
             "ARRAY(SELECT DISTINCT e.target FROM pgretain_edge AS e "
             "WHERE e.state = ANY (node.states) AND NOT e.in_array "
             "AND (e.name IS NULL OR e.name = m.key)) "
             "FROM %s_each(CASE WHEN %s_typeof(node.value) = 'object' THEN node.value "
             "ELSE '{}' END) WITH ORDINALITY AS m(key, value, n) UNION ALL ",
             type, type);
    sql_addf(sql,
             "SELECT m.value, '', m.n, ARRAY(SELECT DISTINCT e.target FROM pgretain_edge AS e "
             "WHERE e.state = ANY (node.states) AND e.in_array "
             "AND (NOT e.only_objects OR %s_typeof(m.value) = 'object')) "
             "FROM %s_array_elements(CASE WHEN %s_typeof(node.value) = 'array' THEN node.value "
             "ELSE '[]' END) WITH ORDINALITY AS m(value, n)",
             type, type, type);
}

/* WITH … pgretain_node: one row a visited value; `filter` says which children are followed. */
static void write_walk(const struct target *target, const char *filter, struct sql *sql)
{
    struct automaton automaton = build(target->mask, sql->arena);
    sql_add(sql, "WITH RECURSIVE ");
    write_edges(&automaton, sql);
    sql_add(sql, ", pgretain_node(value, label, place, states) AS (SELECT ");
    write_json(target, sql);
    sql_add(sql, ", ''::text, '{}'::integer[], '{");
    for (size_t i = 0; i < automaton.start_count; i++)
        sql_addf(sql, "%s%d", i == 0 ? "" : ",", automaton.starts[i]);
    sql_add(sql, "}'::integer[] UNION ALL SELECT child.value, child.label, "
                 "node.place || child.n, child.states FROM pgretain_node AS node "
                 "CROSS JOIN LATERAL (SELECT c.value, c.label, "
                 "row_number() OVER (ORDER BY c.n)::integer, c.states FROM (");
    write_children(target->column->base_type, sql);
    sql_addf(sql,
             ") AS c(value, label, n, states)%s) AS child(value, label, n, states) "
             "WHERE cardinality(node.states) > 0) ",
             filter);
}

void write_json_drop(const struct target *target, struct sql *sql)
{
    const char *type = target->column->base_type;
    sql_add(sql, "(");
    write_walk(target, " WHERE -1 <> ALL (c.states)", sql);
    sql_addf(sql,
             ", pgretain_part AS (SELECT place, label, value, CASE WHEN cardinality(states) > 0 "
             "THEN %s_typeof(value) ELSE '' END AS kind FROM pgretain_node) "
             "SELECT string_agg(t.token, '' ORDER BY t.place) FROM (",
             type);
    sql_add(sql, "SELECT place, CASE WHEN place[cardinality(place)] > 1 THEN ',' ELSE '' END || "
                 "label || CASE kind WHEN 'object' THEN '{' WHEN 'array' THEN '[' "
                 "ELSE value::text END FROM pgretain_part UNION ALL "
                 "SELECT place || 2147483647, CASE kind WHEN 'object' THEN '}' ELSE ']' END "
                 "FROM pgretain_part WHERE kind IN ('object', 'array')) AS t(place, token))");
}

/* jsonb shows only the last of equal keys; a json text still holds the others, so it is walked. */
void write_json_drop_todo(const struct target *target, struct sql *sql)
{
    if (column_is_jsonb(target->column)) {
        struct automaton automaton = build(target->mask, sql->arena);
        for (size_t i = 0; i < automaton.text_count; i++) {
            sql_add(sql, i == 0 ? "jsonb_path_exists(" : " OR jsonb_path_exists(");
            write_column(target, sql);
            sql_add(sql, ", ");
            sql_param(sql, automaton.texts[i], "jsonpath");
            sql_add(sql, ", '{}', true) IS TRUE");
        }
    } else {
        sql_add(sql, "EXISTS (");
        write_walk(target, "", sql);
        sql_add(sql, "SELECT FROM pgretain_node WHERE -1 = ANY (states))");
    }
}
