/*
 * internet.c - masks of what clients send: email_domain, url_origin, agent_family
 *
 * Each is made of one or more parts of the old text, found by regular expressions that match the
 * result again, so that it is a fixed point. What they do not know is left out, not kept.
 */
#include "mask/writer.h"

/* A character of a host's name: letter, digit, hyphen, underscore, dot, or beyond ASCII. */
#define BEYOND_HOST "[:cntrl:] !-,/:-@[-^`{-~"
#define HOST_CHARACTER "[^" BEYOND_HOST "]"
#define LABEL_CHARACTER "[^." BEYOND_HOST "]"

/*
 * FROM the column as text, t.v, and what the pattern's brackets match of it, t.part. OFFSET 0 has
 * the server match once, however often t.part is used.
 */
static void write_from(const struct target *target, const char *pattern, struct sql *sql)
{
    sql_add(sql, " FROM (SELECT ");
    write_text(target, sql);
    sql_add(sql, ", substring(");
    write_text(target, sql);
    sql_addf(sql, " from '%s') OFFSET 0) AS t(v, part))", pattern);
}

/* The domain behind the last @: with a dot, and no number as its last label as an address has. */
#define DOMAIN                                                                                     \
    "[^@[:space:]](@(?![.])" HOST_CHARACTER "{1,189}[.](?![-_0-9])" LABEL_CHARACTER                \
    "{2,63})>?[[:space:]]*$"

/*
 * The local part becomes as much of "erased" as a varchar(n) has room for beside the domain: one
 * letter at least, since the old local part had one. Anything else becomes an address of its own,
 * so that a CHECK for addresses holds.
 */
void write_email_domain(const struct target *target, struct sql *sql)
{
    int limit = target->column->max_length;
    sql_add(sql, "(SELECT CASE WHEN t.v <> '' THEN coalesce(");
    if (limit == 0)
        sql_add(sql, "'erased'");
    else
        sql_addf(sql, "left('erased', %d - length(t.part))", limit);
    sql_add(sql, " || lower(t.part), 'erased@erased.invalid') ELSE t.v END");
    write_from(target, DOMAIN, sql);
}

/* Only these schemes have an origin, by the WHATWG URL Standard. The brackets hold host and port.
 */
#define ORIGIN                                                                                     \
    "(?i)^(?:https?|ftp|wss?)://(?:[^/?#[-^]*@)?((?:[[][0-9a-f:.]{2,45}[]]|(?![.])" HOST_CHARACTER \
    "{1,253})(?::[0-9]{1,5})?):?(?:[/?#[-^]|$)"

/* Where a varchar(n) has no room for the last slash, the cast to its type leaves it out. */
void write_url_origin(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(SELECT CASE WHEN t.v IS NOT NULL THEN coalesce(lower(split_part(t.v, ':', 1) "
                 "|| '://' || t.part) || '/', '') END");
    write_from(target, ORIGIN, sql);
}

#define MAJOR "[0-9]{1,3})(?![0-9])"
#define BROWSERS                                                                                   \
    "Edge|EdgA|EdgiOS|Edg|OPR|OPT|OPiOS|Opera|Vivaldi|YaBrowser|UCBrowser|SamsungBrowser|"         \
    "HuaweiBrowser|MiuiBrowser|DuckDuckGo|Ddg|Whale|Firefox|FxiOS|CriOS|HeadlessChrome|MSIE"

/*
 * A browser's own token, before those of the two that many call themselves as well; Safari tells
 * its version elsewhere. Of anything else a first product made of letters stays, and else nothing.
 */
void write_agent_family(const struct target *target, struct sql *sql)
{
    sql_add(sql, "(SELECT coalesce("
                 "substring(t.v from '(?<![A-Za-z])((?:" BROWSERS ")[/ ]" MAJOR "'), "
                 "substring(t.v from '(?<![A-Za-z])((?:Chrome|Chromium|Trident)/" MAJOR "'), "
                 "'Safari/' || substring(t.v from '(?<![A-Za-z])Version/(" MAJOR ".* Safari/'), "
                 "substring(t.v from '^([A-Za-z][-A-Za-z_.+]{0,29}/" MAJOR "'), "
                 "left(t.v, 0)) FROM (SELECT ");
    write_text(target, sql);
    sql_add(sql, ") AS t(v))");
}
