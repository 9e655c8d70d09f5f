/* generalise.c - masks that keep a part of a value: ip_network, phone_prefix, floor. */
#include "mask/writer.h"

#include <string.h>

/*
 * The network of the inet expression `e`: IPv4 /24, IPv6 /48, a shorter mask kept. An IPv4-mapped
 * address is the IPv4 address it stands for; a 6to4 address carries one in its bits 16 to 47, so
 * that /48 would keep all of it.
 */
static void write_network(const char *e, struct sql *sql)
{
    sql_addf(sql,
             "network(CASE WHEN %s <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + "
             "(set_masklen(%s, 128) - '::ffff:0:0'::inet), least(masklen(%s) - 96, 24)) ",
             e, e, e);
    sql_addf(sql,
             "ELSE set_masklen(%s, least(masklen(%s), CASE WHEN family(%s) = 4 THEN 24 "
             "WHEN %s <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END)",
             e, e, e, e);
}

/* What inet's input takes for certain; whatever else a text column holds is not an address. */
#define OCTET "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
#define V4 OCTET "([.]" OCTET "){3}"
#define GROUP "[0-9a-fA-F]{1,4}"
#define V6                                                                                         \
    "((" GROUP ":){7}" GROUP "|(" GROUP ":){1,7}:|(" GROUP ":){1,6}:" GROUP "|(" GROUP             \
    ":){1,5}(:" GROUP "){1,2}|(" GROUP ":){1,4}(:" GROUP "){1,3}|(" GROUP ":){1,3}(:" GROUP        \
    "){1,4}|(" GROUP ":){1,2}(:" GROUP "){1,5}|" GROUP ":(:" GROUP "){1,6}|:((:" GROUP             \
    "){1,7}|:)|::[fF]{4}:" V4 ")"
#define ADDRESS "^(" V4 "(/(3[0-2]|[12]?[0-9]))?|" V6 "(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$"

/* Text keeps its form: with a mask if it had one, so that the result is never longer. */
static void write_text_network(const struct target *target, struct sql *sql)
{
    sql_add(sql, "CASE WHEN ");
    write_text(target, sql);
    sql_add(sql, " ~ '" ADDRESS "' THEN (SELECT host(pgretain_n.network) || CASE WHEN strpos(");
    write_text(target, sql);
    sql_add(sql, ", '/') > 0 THEN '/' || masklen(pgretain_n.network) ELSE '' END FROM (SELECT ");
    write_network("pgretain_a.address", sql);
    sql_add(sql, " FROM (SELECT ");
    write_text(target, sql);
    sql_add(sql, "::inet) AS pgretain_a(address)) AS pgretain_n(network)) WHEN ");
    write_text(target, sql);
    sql_add(sql, " IS NOT NULL THEN '' END");
}

/* Element by element and in their order; NULL elements stay. */
static void write_networks(const struct target *target, struct sql *sql)
{
    sql_add(sql, "CASE WHEN ");
    write_column(target, sql);
    sql_add(sql, " IS NOT NULL THEN ARRAY(SELECT ");
    write_network("pgretain_u.address::inet", sql);
    sql_add(sql, " FROM unnest(");
    write_column(target, sql);
    sql_add(sql, ") WITH ORDINALITY AS pgretain_u(address, n) ORDER BY pgretain_u.n) END");
}

void write_ip_network(const struct target *target, struct sql *sql)
{
    if (column_family(target->column) == FAMILY_TEXT)
        write_text_network(target, sql);
    else if (column_family(target->column) == FAMILY_NETWORKS)
        write_networks(target, sql);
    else
        write_network(
            arena_printf(sql->arena, "%s.%s::inet", target->alias, target->column->quoted), sql);
}

/*
 * Keeps at most n leading characters, only while they look like a telephone number and four more
 * digits follow; of the rest only punctuation stays. An X counts as the digit it was, which makes
 * the result a fixed point. What is a number throughout, as nearly all are, needs neither lookahead
 * nor a replacement by pattern, which cost twenty times as much.
 */
void write_phone_prefix(const struct target *target, struct sql *sql)
{
    int n = target->mask->number;
    sql_add(sql, "CASE WHEN ");
    write_text(target, sql);
    sql_addf(sql, " ~ '^[-+() ./0-9X]{%d}([-+() ./]*[0-9X]){4}[-+() ./0-9X]*$' THEN left(", n);
    write_text(target, sql);
    sql_addf(sql, ", %d) || translate(substr(", n);
    write_text(target, sql);
    sql_addf(sql,
             ", %d), '0123456789', 'XXXXXXXXXX') ELSE "
             "(SELECT left(t.v, t.n) || regexp_replace(translate(substr(t.v, t.n + 1), "
             "'0123456789', 'XXXXXXXXXX'), '[^-+() ./X]', 'X', 'g') FROM (SELECT ",
             n + 1);
    write_text(target, sql);
    sql_add(sql, ", coalesce(length(substring(");
    write_text(target, sql);
    sql_addf(sql,
             " from '^([-+() ./0-9X]{0,%d})(?=([^0-9X]*[0-9X]){4})')), 0) OFFSET 0) AS t(v, n)) "
             "END",
             n);
}

/*
 * Infinity stays. Dates at the very ends of the range have no first day of their year, and no
 * timestamp: they are brought inside first.
 */
static void write_day_floor(const struct target *target, struct sql *sql)
{
    const char *type = target->column->base_type;
    bool has_zone = strcmp(type, "timestamptz") == 0;
    const char *zone = has_zone ? "+00" : "";
    sql_add(sql, "CASE WHEN isfinite(");
    write_column(target, sql);
    sql_addf(sql, ") THEN date_trunc('%s', greatest(least(", target->mask->text);
    write_column(target, sql);
    sql_addf(sql, ", '294276-12-31%s'::%s), '4713-01-01%s BC'::%s)%s%s)::%s ELSE ", zone, type,
             zone, type, strcmp(type, "date") == 0 ? "::timestamp" : "", has_zone ? ", 'UTC'" : "",
             type);
    write_column(target, sql);
    sql_add(sql, " END");
}

void write_floor(const struct target *target, struct sql *sql)
{
    if (column_family(target->column) != FAMILY_TIME) {
        write_day_floor(target, sql);
        return;
    }
    sql_addf(sql, "date_trunc('%s', ", target->mask->text);
    write_column(target, sql);
    sql_add(sql, "::interval)");
}
