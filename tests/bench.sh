#!/bin/bash
# scripts/bench at a size of seconds: all cases run, all contenders do the same, the JSON has what
# it promises, and a program that does something else is found out. Runs under scripts/pg-temp, on a
# server that is not durable: the figures are of no interest here.
#   bench.sh PGRETAIN
# shellcheck disable=SC2016  # jq's variables, not the shell's
set -euo pipefail
cd "$(dirname "$0")/.."
pgretain=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

bench() { # FLAG...: inside this server
    BENCH_INSIDE=yes scripts/bench --rows 20000 --rounds 1 --program "$pgretain" "$@" \
        >"$work/out" 2>"$work/err" </dev/null
}

measure() { # FLAG...: the numbers that `holds` is about
    bench --json "$work/json" "$@" && return
    cat "$work/err" >&2
    exit 1
}

ok() { # STATUS NAME
    if (($1 == 0)); then
        echo "ok - $2"
    else
        failures=$((failures + 1))
        echo "FAILED - $2"
    fi
}

holds() { # NAME JQ-CONDITION: of the numbers of the latest run
    local status=0
    jq -e "def of(\$case): .cases[] | select(.case == \$case) | .contenders[];
        def of(\$case; \$name): of(\$case) | select(.contender == \$name);
        $2" "$work/json" >/dev/null || status=$?
    ok "$status" "$1"
    ((status == 0)) || jq -c '.cases[].contenders[] | [.contender, .median]' "$work/json"
}

fails() { # STATUS MESSAGE NAME FLAG...
    local status=0
    bench "${@:4}" || status=$?
    ok "$((status != $1 || $(grep -c -- "$2" "$work/err" || true) == 0))" "$3"
}

measure --cases random,anonymise,plan --tables 100
holds "format and settings" '.format == "pgretain.bench/2" and .settings.rows == 20000
    and .settings.processors > 0 and (.settings.postgresql | test("^[0-9]"))'
holds "the cases" '[.cases[].case] ==
    ["random", "anonymise", "plan, many tables", "plan, many partitions"]'
holds "the contenders" '[of("random").contender] == ["one DELETE", "ctid loop", "id IN loop",
    "key loop", "row by row", "enforce -j 1", "enforce -j 2"]'
holds "a third is due" '.cases[0] | .due / .rows | . > 0.3 and . < 0.35'
holds "all deleted what was due" '.cases[0].due as $due
    | [of("random") | select(.contender != "row by row").median.changed]
    | length == 6 and all(. == $due)'
holds "row by row is extrapolated, and says so" '.cases[0].due as $due
    | of("random"; "row by row").median
    | .extrapolated_from >= 100 and .extrapolated_from < $due and .changed == .extrapolated_from'
holds "all masked what was due" '.cases[1].due as $due
    | [of("anonymise").median.changed] | length == 4 and all(. == $due)'
holds "every run took its time and some memory" '[.cases[].contenders[].runs[]]
    | length == 15 and all(.wall_seconds > 0 and .peak_kilobytes > 1000)'
holds "the deed is part of the run" '[.cases[:2][].contenders[].runs[]]
    | all(.deed_seconds > 0 and .deed_seconds <= .wall_seconds)'
holds "a plan has no deed" '[of("plan, many tables").median.deed_seconds] == [null, null]'
holds "ratios are to the reference" '[.cases[] | .reference == .contenders[0].contender
    and .contenders[0].ratio.wall_seconds == 1 and .contenders[1].ratio.wall_seconds > 0] | all'
holds "enforce tells of its audit log" '[of("random"; "enforce -j 1", "enforce -j 2").median
    | .audit_seconds > 0 and .batches > 0 and .throttled_seconds >= 0] | length == 2 and all'
scripts/bench --markdown "$work/json" >"$work/out"
row='^\| random order +\| +[0-9,]+ \| +20,000 \| one DELETE, [0-9.]+ s \|( +[0-9.]+ \|){6} .*\* \|$'
ok "$((0$(grep -Ec "$row" "$work/out" || true) != 1))" "the README's table"

measure --cases nightly,nothing,partitions,memory --contenders "ctid loop,enforce -j 2"
holds "a thousandth is due, and all deleted it" '.cases[0] | .due as $due
    | .due / .rows > 0.0005 and .due / .rows < 0.0015
    and ([.contenders[].median.changed] == [$due, $due, $due])'
holds "pages are counted" '[of("nightly").median
    | .pages_read > 0 and .pages_read <= .pages_looked_at and .pages > 100] | all'
holds "an index leads one DELETE to few pages" 'of("nightly"; "one DELETE").median
    | .pages_read < .pages / 10'
holds "nothing due costs the server time" '[of("nothing").median
    | .changed == 0 and .server_steps > 0 and .server_seconds > 0] | length == 2 and all'
holds "who drops partitions is seen to lock the parent" '
    of("partitions"; "pg_partman").runs[0]
    | .exclusive_samples > 0 and .lock_samples >= .exclusive_samples and .changed > 0
        and (.parent_locks | contains("AccessExclusiveLock"))'
holds "enforce never locks the parent against reading" '
    [of("partitions", "partitions, 10 times the rows"; "enforce -j 2").runs[0]
     | .exclusive_samples == 0 and .lock_samples > 0 and .changed > 0] | length == 2 and all'
holds "ten times the rows" '(.cases[] | select(.case == "memory").rows) * 10 ==
    (.cases[] | select(.case == "memory, 10 times the rows").rows)'

measure --cases foreground --seconds 1 --rate 50 --scale 1 --contenders "one DELETE,enforce"
holds "the contenders asked for, and the one to compare with" '
    [of("foreground").contender] == ["idle", "one DELETE", "enforce"]'
holds "latencies" '[of("foreground").median | .whole_transactions > 10
    and .p50_ms > 0 and .p50_ms <= .p95_ms and .p95_ms <= .p99_ms and .p99_ms <= .max_ms
    and .whole_p99_ms <= .whole_max_ms] | all'
holds "cache hits" 'of("foreground"; "idle").median.hit_rate | . > 0 and . <= 1'

# A program that also takes a row that is not due.
mkdir -p "$work/cheat/tests/integration"
ln -s "$(dirname "$pgretain")/tests/integration/peak" "$work/cheat/tests/integration/peak"
cat >"$work/cheat/pgretain" <<SCRIPT
#!/bin/sh
"$pgretain" "\$@" && { [ "\$1" != enforce ] ||
    psql -Xq -c "DELETE FROM bench.calls WHERE id = 19999"; }
SCRIPT
chmod +x "$work/cheat/pgretain"
fails 1 "nothing: enforce -j 1 changed other rows than one DELETE" "a young row's loss is found" \
    --cases nothing --program "$work/cheat/pgretain"
fails 2 "no such case: mornings" "an unknown case" --cases mornings
fails 2 "no such contender: loop" "an unknown contender" --contenders "one DELETE,loop"
fails 2 "wants a whole number" "no rows" --rows -1

scripts/bench --program "$pgretain" --cases nothing --rows 10000 --rounds 1 \
    --contenders "enforce -j 1" >"$work/out" 2>"$work/err" || cat "$work/err" >&2
ok "$((0$(grep -c "^| enforce -j 1 " "$work/out" || true) != 1))" "on a server of its own"
((failures == 0))
