# shellcheck shell=bash
# corners.sh - small schemas, and what plan and enforce make of them; brings shell.sh along
#
# Rows are judged by their ids, written in the test, not by what the program says.
# shellcheck source=tests/support/shell.sh
source "$(dirname "${BASH_SOURCE[0]}")/shell.sh"

sql -c "CREATE ROLE stranger LOGIN" -c "CREATE ROLE eraser LOGIN"

# A tree of two leaves.
# shellcheck disable=SC2034  # for the tests
partitions="CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz) PARTITION BY RANGE (id);
    CREATE TABLE app.calls_1 PARTITION OF app.calls FOR VALUES FROM (0) TO (10);
    CREATE TABLE app.calls_2 PARTITION OF app.calls FOR VALUES FROM (10) TO (20);
    INSERT INTO app.calls VALUES (1, app.old()), (2, app.old()), (11, app.old()), (12, app.old());"

# Ages: `old` is past every window of write_policy, `mid` past the shorter one only.
begin() { # begin TITLE: an empty schema made by stdin, and a new audit log
    title=$1
    rm -rf "$work"/*.jsonl* "$work"/*.checkpoint "$work"/*.policy-* "$work/pgretain"
    {
        echo "SET client_min_messages = error;
            DROP SCHEMA IF EXISTS app CASCADE;
            CREATE SCHEMA app;
            GRANT USAGE ON SCHEMA app TO stranger, eraser;
            CREATE FUNCTION app.old() RETURNS timestamptz
                LANGUAGE sql STABLE AS 'SELECT now() - interval ''90 days''';
            CREATE FUNCTION app.mid() RETURNS timestamptz
                LANGUAGE sql STABLE AS 'SELECT now() - interval ''45 days''';
            CREATE FUNCTION app.young() RETURNS timestamptz
                LANGUAGE sql STABLE AS 'SELECT now() - interval ''1 day''';"
        cat
    } | sql
}

ids() { sql -c "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), 'none') FROM $1"; }

left() { # left TABLE IDS: exactly these rows are there
    is "$(ids "$1")" "$2" "$title: rows left in $1"
}

errors() { # the codes of the plan's errors, in $out
    jq -r '[.findings[] | select(.severity == "error").code] | unique | join(" ")' "$out"
}

step() { # step RULE TEXT: jq's text about that step of the plan or outcome in $out
    jq -r --arg rule "$1" ".steps[] | select(.rule == \$rule) | \"$2\"" "$out"
}

counts() { # counts RULE "DUE HELD BLOCKED"
    is "$(step "$1" '\(.due) \(.held) \(.blocked)')" "$2" "$title: due, held, blocked of $1"
}

changed() { # changed RULE "CHANGED CASCADED"
    is "$(step "$1" '\(.changed) \(.cascaded)')" "$2" "$title: changed, cascaded of $1"
}

planned() { # planned STATUS CODES: the plan ends so, with these errors
    run "$1" "$title: plan" plan --format json
    is "$(errors)" "$2" "$title: errors"
}

enforced() { # enforced STATUS [FLAG...]: every step that is not refused does what it said is due
    local status=$1
    shift
    run "$status" "$title: enforce $*" enforce_new --format json "$@"
    is "$(jq -r '[.steps[] | select(.refused == null and .due != .changed).rule] | join(" ")' \
        "$out")" "" "$title: steps that did not do what was due"
    jq -e '[.steps[] | select(.refused != null and .changed != 0)] == []' "$out" >"$work/jq.out"
    ok $? "$title: refused steps do nothing"
}

run_refused() { # run_refused CODES: neither command runs, exit 5
    planned 5 "$1"
    run 5 "$title: enforce" enforce_new --format json
}
