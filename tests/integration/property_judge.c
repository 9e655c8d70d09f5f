/*
 * property_judge.c - the oracle's tables and functions, which walk from row to row
 *
 * What is in the tables when they are called is said in property_oracle.c.
 */
#include "property_case.h"

static const char oracle_tables[] =
    "CREATE TEMP TABLE o_row (t int, id int, body jsonb, place text, gone bool DEFAULT false,"
    " goes bool DEFAULT false, PRIMARY KEY (t, id));"
    "CREATE TEMP TABLE o_rule (r int, t int, list int[]);"
    "CREATE TEMP TABLE o_due (r int, t int, id int);"
    "CREATE TEMP TABLE o_ref (t int, id int, f int, pt int, pid int, kind text, columns text[]);"
    "CREATE INDEX ON o_ref (pt, pid);"
    "CREATE TEMP TABLE o_held (t int, id int, follow bool);"
    "CREATE TEMP TABLE o_age (r int, id int, state text);"
    "CREATE TEMP TABLE o_scope (r int, id int, state text);"
    "CREATE TEMP TABLE o_tally (r int PRIMARY KEY, due int DEFAULT 0, held int DEFAULT 0,"
    " undecided int DEFAULT 0, excluded int DEFAULT 0, blocked int DEFAULT 0,"
    " undated int DEFAULT 0, active int DEFAULT 0, changed int DEFAULT 0,"
    " cascaded int DEFAULT 0);";

/* Followed holds spread to the rows that refer to theirs, turn by turn, until nothing is new. */
static const char oracle_spread[] =
    "CREATE FUNCTION pg_temp.o_spread() RETURNS void AS $$\n"
    "BEGIN\n"
    "  LOOP\n"
    "    INSERT INTO o_held SELECT DISTINCT r.t, r.id, true FROM o_ref r\n"
    "      WHERE (r.pt, r.pid) IN (SELECT t, id FROM o_held WHERE follow)\n"
    "      AND (r.t, r.id) NOT IN (SELECT t, id FROM o_held WHERE follow);\n"
    "    EXIT WHEN NOT FOUND;\n"
    "  END LOOP;\n"
    "END $$ LANGUAGE plpgsql;";

/* Whether something that refers to the row keeps it, from outside of the tables in `own`; `list`
 * holds the tables of `cascade:`. */
static const char oracle_stuck[] =
    "CREATE FUNCTION pg_temp.o_stuck(tab int, num int, list int[], own int[]) RETURNS bool AS $$\n"
    "DECLARE x record;\n"
    "BEGIN\n"
    "  FOR x IN SELECT o_ref.*, EXISTS (SELECT FROM o_held h WHERE h.t = o_ref.t AND\n"
    "      h.id = o_ref.id) AS is_held\n"
    "    FROM o_ref JOIN o_row c ON c.t = o_ref.t AND c.id = o_ref.id\n"
    "    WHERE pt = tab AND pid = num AND NOT c.gone AND NOT (kind <> 'n' AND o_ref.t = ANY "
    "(own))\n"
    "  LOOP\n"
    "    IF x.kind IN ('a', 'r') THEN RETURN true; END IF;\n"
    "    IF x.is_held THEN RETURN true; END IF;\n"
    "    IF x.kind = 'c' THEN\n"
    "      IF NOT x.t = ANY (list) THEN RETURN true; END IF;\n"
    "      IF pg_temp.o_stuck(x.t, x.id, list, '{}') THEN RETURN true; END IF;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  RETURN false;\n"
    "END $$ LANGUAGE plpgsql;";

/* Marks what goes of the tables in `own`: all that some rule takes, less what something keeps. */
static const char oracle_strike[] =
    "CREATE FUNCTION pg_temp.o_strike(own int[]) RETURNS void AS $$\n"
    "BEGIN\n"
    "  UPDATE o_row o SET goes = true WHERE NOT gone AND t = ANY (own) AND EXISTS (\n"
    "    SELECT FROM o_rule u JOIN o_age a ON a.r = u.r AND a.id = o.id AND a.state = 'past'\n"
    "    JOIN o_scope s ON s.r = u.r AND s.id = o.id AND s.state = 'in'\n"
    "    WHERE u.t = o.t AND NOT EXISTS (SELECT FROM o_held h WHERE h.t = o.t AND h.id = o.id)\n"
    "    AND NOT pg_temp.o_stuck(o.t, o.id, u.list, own));\n"
    "  LOOP\n"
    "    UPDATE o_row o SET goes = false WHERE goes AND t = ANY (own) AND EXISTS (\n"
    "      SELECT FROM o_ref f JOIN o_row c ON c.t = f.t AND c.id = f.id\n"
    "      WHERE f.pt = o.t AND f.pid = o.id AND f.kind <> 'n' AND f.t = ANY (own)\n"
    "      AND NOT c.gone AND NOT c.goes);\n"
    "    EXIT WHEN NOT FOUND;\n"
    "  END LOOP;\n"
    "END $$ LANGUAGE plpgsql;";

/* Takes the row away with all that follows; returns how many rows went, by table. */
static const char oracle_drag[] =
    "CREATE FUNCTION pg_temp.o_drag(tab int, num int) RETURNS int[] AS $$\n"
    "DECLARE x record; n int[] := '{0,0,0,0,0,0,0,0}'; m int[];\n"
    "BEGIN\n"
    "  UPDATE o_row SET gone = true WHERE t = tab AND id = num;\n"
    "  n[tab + 1] := 1;\n"
    "  FOR x IN SELECT o_ref.* FROM o_ref JOIN o_row c ON c.t = o_ref.t AND c.id = o_ref.id\n"
    "    WHERE pt = tab AND pid = num AND NOT c.gone\n"
    "  LOOP\n"
    "    IF x.kind <> 'n' THEN\n"
    "      IF (SELECT NOT gone FROM o_row WHERE t = x.t AND id = x.id) THEN\n"
    "        m := pg_temp.o_drag(x.t, x.id);\n"
    "        FOR i IN 1..8 LOOP n[i] := n[i] + m[i]; END LOOP;\n"
    "      END IF;\n"
    "    ELSE\n"
    "      UPDATE o_row SET place = NULL, body = body || (SELECT jsonb_object_agg(c, NULL)\n"
    "        FROM unnest(x.columns) c) WHERE t = x.t AND id = x.id;\n"
    "      DELETE FROM o_ref WHERE t = x.t AND id = x.id AND f = x.f;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  RETURN n;\n"
    "END $$ LANGUAGE plpgsql;";

/* Judges every row under a purge rule as things stand; those of an earlier rule are no longer its.
 */
static const char oracle_purge[] =
    "CREATE FUNCTION pg_temp.o_purge(rule int, own int[]) RETURNS void AS $$\n"
    "DECLARE x record; u o_rule; c o_tally;\n"
    "BEGIN\n"
    "  SELECT * INTO u FROM o_rule WHERE r = rule;\n"
    "  c := ROW(rule, 0, 0, 0, 0, 0,\n"
    "    (SELECT count(*) FROM o_age WHERE r = rule AND state = 'undated'),\n"
    "    (SELECT count(*) FROM o_age WHERE r = rule AND state = 'active'), 0, 0);\n"
    "  FOR x IN SELECT o.id, o.goes, a.state AS age, s.state AS scope, EXISTS (SELECT FROM o_held "
    "h\n"
    "      WHERE h.t = u.t AND h.id = o.id) AS is_held\n"
    "    FROM o_row o JOIN o_age a ON a.r = rule AND a.id = o.id\n"
    "    JOIN o_scope s ON s.r = rule AND s.id = o.id WHERE o.t = u.t AND NOT o.gone\n"
    "    AND NOT EXISTS (SELECT FROM o_due d WHERE d.t = o.t AND d.id = o.id)\n"
    "  LOOP\n"
    "    IF x.age <> 'past' THEN CONTINUE;\n"
    "    ELSIF x.is_held THEN c.held := c.held + 1;\n"
    "    ELSIF x.scope = 'unknown' THEN c.undecided := c.undecided + 1;\n"
    "    ELSIF x.scope = 'out' THEN c.excluded := c.excluded + 1;\n"
    "    ELSIF NOT x.goes OR pg_temp.o_stuck(u.t, x.id, u.list, own) THEN\n"
    "      c.blocked := c.blocked + 1;\n"
    "    ELSE INSERT INTO o_due VALUES (rule, u.t, x.id); c.due := c.due + 1;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  INSERT INTO o_tally VALUES (c.*);\n"
    "END $$ LANGUAGE plpgsql;";

/* Takes the rows away that are due under the rule and still there. */
static const char oracle_take[] =
    "CREATE FUNCTION pg_temp.o_take(rule int) RETURNS void AS $$\n"
    "DECLARE x record; n int[];\n"
    "BEGIN\n"
    "  FOR x IN SELECT d.t, d.id FROM o_due d WHERE r = rule LOOP\n"
    "    IF (SELECT NOT gone FROM o_row o WHERE o.t = x.t AND o.id = x.id) THEN\n"
    "      n := pg_temp.o_drag(x.t, x.id);\n"
    "      UPDATE o_tally SET changed = changed + n[x.t + 1], cascaded = cascaded - n[x.t + 1]\n"
    "        + (SELECT sum(m) FROM unnest(n) m) WHERE r = rule;\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "END $$ LANGUAGE plpgsql;";

void oracle_prepare(PGconn *session)
{
    session_run(session, oracle_tables);
    session_run(session, oracle_spread);
    session_run(session, oracle_stuck);
    session_run(session, oracle_strike);
    session_run(session, oracle_drag);
    session_run(session, oracle_purge);
    session_run(session, oracle_take);
}
