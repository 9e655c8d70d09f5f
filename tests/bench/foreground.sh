# shellcheck shell=bash
# foreground.sh - what pgbench feels at a fixed rate beside each contender, and beside nobody
#
# Sourced by scripts/bench. pgbench runs for the whole of --seconds; latencies count from when a
# transaction was due to start, so that one which had to queue is not left out. They are told for
# the time in which the contender ran, and for the whole. Who is not done by then is stopped.

warm_up_seconds=2

pgbench_run() { # SECONDS [FLAG...]
    pgbench --no-vacuum --client=8 --builtin=simple-update --time="$1" "${@:2}" "$database"
}

# Half of what the machine does, unless --rate says something else.
choose_rate() {
    [[ -z $rate ]] || return 0
    fresh_copy
    warm_foreground
    rate=$(pgbench_run 5 2>/dev/null | sed -nE 's/^tps = ([0-9]+).*/\1/p')
    rate=$(((rate + 1) / 2))
    echo "bench: pgbench at $rate transactions a second" >&2
}

warm_foreground() {
    inspect -c "SELECT sum(pg_prewarm(oid)) FROM pg_class
        WHERE relname LIKE 'pgbench%' AND relkind IN ('r', 'i')" >/dev/null
}

# Buffers that pgbench found in shared buffers, and those it did not.
foreground_buffers() {
    inspect -c "SELECT json_build_array(sum(heap_blks_hit + coalesce(idx_blks_hit, 0)),
        sum(heap_blks_read + coalesce(idx_blks_read, 0)))
        FROM pg_statio_user_tables WHERE relname LIKE 'pgbench%'"
}

# In the order of pgbench's log: client, number, latency in us, script, when it ended (s, us), lag.
latencies() { # FROM-US TO-US PREFIX
    cat "$PGTEMP"/foreground.* | awk -v from="$1" -v to="$2" '
        { began = $5 * 1000000 + $6 - $3 } began >= from && began < to { print $3 }' | sort -n |
        awk -v prefix="$3" '
        function at(share) { return value[int((NR - 1) * share) + 1] / 1000 }
        { value[NR] = $1 }
        END {
            if (NR == 0) { print "{}"; exit }
            printf "{\"%stransactions\": %d, \"%sp50_ms\": %g, \"%sp95_ms\": %g, ", prefix, NR,
                prefix, at(0.5), prefix, at(0.95)
            printf "\"%sp99_ms\": %g, \"%smax_ms\": %g}\n", prefix, at(0.99), prefix, at(1)
        }'
}

begin_foreground() {
    warm_foreground
    rm -f "$PGTEMP"/foreground.*
    PGAPPNAME=pgbench pgbench_run $((warm_up_seconds + seconds)) --rate="$rate" --log \
        --log-prefix="$PGTEMP/foreground" >"$PGTEMP/pgbench" 2>&1 &
    foreground=$!
    sleep "$warm_up_seconds"
    buffers_before=$(foreground_buffers)
    job_began=$(microseconds)
}

end_foreground() {
    local job_ended
    job_ended=$(microseconds)
    buffers_after=$(foreground_buffers)
    wait "$foreground" || {
        cat "$PGTEMP/pgbench" >&2
        return 1
    }
    {
        latencies "$job_began" "$job_ended" ""
        latencies "$job_began" $((job_began + seconds * 1000000)) whole_
        jq -n --argjson before "$buffers_before" --argjson after "$buffers_after" \
            '[$after, $before] | transpose | map(.[0] - .[1])
             | if add > 0 then {hit_rate: (.[0] / add)} else {} end'
    } | jq -cs add
}

case_foreground() {
    make_calls foreground true "$rows"
    third_of_calls
    pgbench --initialize --quiet --scale="$scale" "$template" 2>/dev/null
    psql -Xq -d "$template" -c "CREATE EXTENSION pg_prewarm" -c "VACUUM ANALYZE"
    choose_rate
    contenders=("idle" "one DELETE" "${loops[@]}" "enforce" "enforce -j 2")
    compare foreground foreground "$seconds"
    drop_template foreground
}
