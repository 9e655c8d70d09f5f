# shellcheck shell=bash
# measure.sh - the same start for everybody, rounds in rotating order, and one line of JSON a run
#
# Sourced by scripts/bench. A case's tables are built once, in a template database; each contender
# gets a copy of its files, so all begin with the same bytes on disk and nothing in shared buffers.

# Every session but a contender's own bears this name.
export PGAPPNAME=bench

die() {
    echo "bench: $1" >&2
    exit 1
}

# Where the contenders work: a copy of the case's template, but for those who only read.
database=run

inspect() { psql -XqAt -v ON_ERROR_STOP=1 -d "$database" "$@"; }

# make_template NAME SCRIPT [PSQL-FLAG...]: a database with the contenders and what SCRIPT makes
declare -A made
make_template() {
    template=$1
    [[ -z ${made[$1]:-} ]] || return 0
    echo "bench: making $1" >&2
    dropdb --if-exists "$1" 2>/dev/null
    createdb "$1"
    psql -Xq -v ON_ERROR_STOP=1 -d "$1" "${@:3}" -c "SET client_min_messages = warning" \
        -c "SET maintenance_work_mem = '256MB'" -f "$parts/contenders.sql" -f "$parts/$2" \
        -c "VACUUM ANALYZE" >/dev/null || die "could not make $1"
    made[$1]=yes
}

drop_template() {
    dropdb "$1"
    unset "made[$1]"
}

fresh_copy() {
    [[ $database != "$template" ]] || return 0
    psql -Xq -v ON_ERROR_STOP=1 -c "SET client_min_messages = warning" \
        -c "DROP DATABASE IF EXISTS run WITH (FORCE)" \
        -c "CREATE DATABASE run TEMPLATE $template STRATEGY file_copy" ||
        die "could not copy $template"
}

# What a session counted is in the statistics once the session is gone.
await_quiet() {
    local i
    for ((i = 0; i < 1000; i++)); do
        [[ $(psql -XAt -c "SELECT count(*) FROM pg_stat_activity
            WHERE datname = '$database'") != 0 ]] || return 0
        sleep 0.01
    done
    die "a contender's session does not end"
}

# Whether only due rows changed, and all of them unless the contender was to stop earlier. $undone
# is what of the predicate is still true of a row that nobody has dealt with, $digest what has to be
# the same after every contender.
check_rows() { # CASE CONTENDER
    local left got changed
    changed=$(jq .changed "$PGTEMP/result")
    IFS='|' read -r left got < <(inspect -c "SELECT count(*) FILTER (WHERE $undone), $digest
        FROM $relation")
    ((left == due - changed)) || die "$1: $2 says $changed of $due rows, but $left are left"
    ((left == 0 || may_stop)) || [[ $2 == "row by row" ]] || die "$1: $2 left $left of $due rows"
    : "${expected_digest:=$got}"
    [[ $got == "$expected_digest" ]] || die "$1: $2 changed other rows than ${contenders[0]}"
}

# Appends a line to $PGTEMP/runs.
add_run() { # CASE ROUND CONTENDER
    jq -cs --arg case "$1" --argjson round "$2" --arg contender "$3" --argjson rows "$case_rows" \
        --argjson due "$due" --arg reference "${contenders[0]}" \
        '{case: $case, round: $round, contender: $contender, reference: $reference, rows: $rows,
          due: $due} + .[0] + .[1]' "$PGTEMP/result" "$PGTEMP/extra" >>"$PGTEMP/runs"
    tail -n 1 "$PGTEMP/runs" | jq -r '[
        "bench: \(.case), round \(.round), \(.contender)",
        ((.deed_seconds, .wall_seconds) | select(. != null) | "\(. * 1000 | round / 1000) s"),
        (.p99_ms | select(. != null) | "p99 \(.) ms")] | join(", ")' >&2
}

# Of $contenders the first, and of the others those that --contenders asks for.
keep_wanted() {
    local contender kept=("${contenders[0]}")
    for contender in "${contenders[@]:1}"; do
        [[ -n $wanted && ",$wanted," != *",$contender,"* ]] || kept+=("$contender")
    done
    contenders=("${kept[@]}")
}

# compare CASE [WATCH [SECONDS]]: every contender once a round, each round beginning with another
# one. Two functions begin_WATCH and end_WATCH measure beside it; the latter prints a JSON object.
# With SECONDS, who is not done by then stops.
compare() {
    local case=$1 watch=${2:-nothing_else} most_seconds=${3:-86400} may_stop=$((${3:-0} > 0))
    local round i contender most_rows=1000000000000000 expected_digest=""
    keep_wanted
    for ((round = 1; round <= rounds; round++)); do
        for ((i = 0; i < ${#contenders[@]}; i++)); do
            contender=${contenders[(i + round - 1) % ${#contenders[@]}]}
            fresh_copy
            "begin_$watch"
            contend "$contender" >"$PGTEMP/result" || die "$case: $contender failed"
            "end_$watch" >"$PGTEMP/extra" || die "$case: $contender could not be watched"
            [[ -z $digest ]] || check_rows "$case" "$contender"
            add_run "$case" "$round" "$contender"
        done
    done
}

begin_nothing_else() { :; }
end_nothing_else() { echo '{}'; }

# Heap pages: those that were not in shared buffers, and all that were looked at, again and again.
begin_pages() { :; }
end_pages() {
    await_quiet
    inspect -c "SELECT json_build_object('pages', relpages, 'pages_read', heap_blks_read,
            'pages_looked_at', heap_blks_read + heap_blks_hit)
        FROM pg_statio_all_tables JOIN pg_class ON oid = relid WHERE relid = '$relation'::regclass"
}

# What the server was busy for, from its log.
begin_server_time() {
    psql -Xq -c "ALTER DATABASE $database SET log_duration = on"
    log_begun=$(wc -c <"$PGTEMP_LOG")
}
end_server_time() {
    await_quiet
    tail -c +$((log_begun + 1)) "$PGTEMP_LOG" |
        sed -nE '/^run\|bench\|/d; s/^run\|.*duration: ([0-9.]+) ms.*/\1/p' |
        jq -sc '{server_seconds: ((add // 0) / 1000), server_steps: length}'
}

# The locks on a parent, sampled about every millisecond.
begin_locks() {
    inspect -c "CALL bench.watch_locks('$relation', NULL, NULL, NULL)" >"$PGTEMP/locks" &
    watcher=$!
    local i
    for ((i = 0; i < 1000; i++)); do
        [[ $(inspect -c "SELECT count(*) FROM pg_stat_activity
            WHERE query LIKE 'CALL bench.watch_locks%' AND state = 'active'") == 0 ]] || return 0
        sleep 0.01
    done
    die "the watcher of locks does not begin"
}
end_locks() {
    inspect -c "INSERT INTO bench.stopped DEFAULT VALUES"
    wait "$watcher"
    jq -Rc 'split("|") | {lock_samples: (.[0] | tonumber), exclusive_samples: (.[1] | tonumber),
        parent_locks: .[2]}' "$PGTEMP/locks"
}
