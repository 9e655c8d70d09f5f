# shellcheck shell=bash
# contenders.sh - runs one contender on $database and says as one JSON object how it went
#
# Sourced by scripts/bench. What a case sets, for all of its contenders alike: $relation, $clock,
# $predicate, $masks, $policy, and for partitions $parent. $most_rows and $most_seconds bound what
# a contender does. Deed: for enforce from the first write to the last commit, as it says itself;
# for the others the whole statement or loop. The wall clock covers the whole process.

microseconds() { echo "${EPOCHREALTIME/[.,]/}"; }

# Runs a client, and sets $wall and $peak. Its output goes to $PGTEMP/out.
timed() { # STATUS-ALLOWED-TOO COMMAND...
    local allowed=$1 status=0 begun
    shift
    begun=$(microseconds)
    env -u PGAPPNAME PGDATABASE="$database" "$peak_program" "$PGTEMP/peak" "$@" \
        >"$PGTEMP/out" 2>"$PGTEMP/err" </dev/null || status=$?
    wall=$(($(microseconds) - begun))
    peak=$(<"$PGTEMP/peak")
    ((status == 0 || status == allowed)) && return
    echo "bench: exit status $status of: $*" >&2
    head -c 4000 "$PGTEMP/err" >&2
    return 1
}

tell() { # DEED-SECONDS CHANGED [JQ-ARG...]
    jq -cn --argjson deed_seconds "$1" --argjson changed "$2" "${@:3}" \
        --argjson wall_seconds "${wall}e-6" --argjson peak_kilobytes "$peak" '$ARGS.named'
}

# The script in stdin, which prints "rows N"; the deed is what psql timed.
by_psql() {
    {
        echo "SET jit = off;"
        echo "\\timing on"
        cat
    } >"$PGTEMP/script"
    timed 0 psql -Xq -v ON_ERROR_STOP=1 -f "$PGTEMP/script" || return
    local deed changed
    deed=$(sed -nE 's/^Time: ([0-9.]+) ms.*/\1/p' "$PGTEMP/out" | jq -s 'add / 1000')
    changed=$(sed -nE 's/^rows ([0-9]+)$/\1/p' "$PGTEMP/out")
    tell "$deed" "$changed"
}

by_statement() { # STATEMENT
    printf '%s;\n\\echo rows :ROW_COUNT\n' "$1" | by_psql
}

by_procedure() { # NAME ARGUMENT...: texts without a single quote in them
    local arguments
    printf -v arguments "\$bench\$%s\$bench\$, " "${@:2}"
    printf 'CALL bench.%s(%s%s, %s, NULL) \\gset\n\\echo rows :changed\n' "$1" "$arguments" \
        "$most_rows" "$most_seconds" | by_psql
}

# The UPDATE that enforce would send, over the whole table at once.
by_own_statement() {
    "$program" plan "$policy" -d "$database" --as-of "$as_of" --sql |
        sed -n '/^BEGIN /,/^ROLLBACK/ {
            s/^ROLLBACK;.*/COMMIT;/
            s/^\(EXECUTE deed.*\)$/\1\n\\echo rows :ROW_COUNT/
            p
        }' | by_psql
}

by_partman() {
    local before after
    before=$(inspect -c "SELECT count(*) FROM $relation")
    by_psql <<<"SELECT partman.run_maintenance('$relation', p_analyze := false); \\echo rows 0" \
        >"$PGTEMP/told" || return
    after=$(inspect -c "SELECT count(*) FROM $relation")
    jq -c --argjson changed "$((before - after))" '.changed = $changed' "$PGTEMP/told"
}

by_enforce() { # FLAG...
    rm -f "$PGTEMP"/audit.*
    timed 4 timeout --preserve-status --signal=TERM "$most_seconds" \
        "$program" enforce "$policy" --as-of "$as_of" --yes --accept-new --format json \
        --audit "$PGTEMP/audit.jsonl" "$@" || return
    local told
    told=$(jq -c '.steps | {changed: map(.changed) | add, deed_seconds: map(.seconds) | add,
        audit_seconds: map(.audit_seconds) | add, batches: map(.batches) | add,
        throttled_seconds: map(.throttled_seconds) | add, strategy: map(.strategy) | first}' \
        "$PGTEMP/out")
    tell 0 0 | jq -c --argjson told "$told" '. + $told'
}

by_plan() { # FLAG...
    timed 0 "$program" plan "$policy" "$@" || return
    tell null null
}

# The machine with nothing to do beside the foreground.
by_idle() {
    sleep "$most_seconds"
    jq -cn '{changed: 0}'
}

contend() { # CONTENDER
    local most_rows=$most_rows
    case $1 in
        "one DELETE") by_statement "DELETE FROM $relation WHERE $predicate" ;;
        "ctid loop")
            by_procedure repeat_statement "DELETE FROM $relation WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM $relation WHERE $predicate LIMIT 10000))"
            ;;
        "id IN loop")
            by_procedure repeat_statement "DELETE FROM $relation WHERE id IN (
                SELECT id FROM $relation WHERE $predicate ORDER BY $clock LIMIT 1000)"
            ;;
        "key loop") by_procedure delete_by_key "$relation" "$predicate" ;;
        "row by row")
            # A commit each takes too long for all of them: one row of 500, the rest extrapolated.
            ((may_stop)) || most_rows=$((due / 500 < 100 ? 100 : due / 500))
            by_procedure delete_row_by_row "$relation" "$predicate"
            ;;
        "one UPDATE") by_statement "UPDATE $relation SET $masks WHERE $predicate" ;;
        "enforce's UPDATE") by_own_statement ;;
        "pg_partman") by_partman ;;
        "idle") by_idle ;;
        "enforce") by_enforce ;;
        "enforce -j "*) by_enforce -j "${1##* }" ;;
        "plan") by_plan ;;
        "plan --sql") by_plan --sql ;;
        *)
            echo "bench: no such contender: $1" >&2
            return 1
            ;;
    esac
}
