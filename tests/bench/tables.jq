# tables.jq - pgretain.bench/2 as a Markdown table a case, with all that was measured
include "lib";

def row:
    .median as $m | .ratio as $r | {
        "": (.contender + if $m.extrapolated_from then " *" else "" end),
        "deed, s": ($m.deed_seconds | short),
        "ratio": ($r.deed_seconds | short),
        "whole, s": ($m.wall_seconds | short),
        "its ratio": ($r.wall_seconds | short),
        "audit": (if $m.audit_seconds and $m.deed_seconds > 0
            then $m.audit_seconds / $m.deed_seconds else null end | percent(1)),
        "throttled, s": ($m.throttled_seconds | short),
        "client, MB": (if $m.peak_kilobytes then $m.peak_kilobytes / 1024 else null end | fixed(1)),
        "pages read": (if $m.pages then $m.pages_read / $m.pages else null end | percent(2)),
        "looked at": (if $m.pages then $m.pages_looked_at / $m.pages else null end | percent(2)),
        "server, ms": (if $m.server_seconds then $m.server_seconds * 1000 else null end | short),
        "locked exclusively": (if $m.lock_samples then $m.exclusive_samples / $m.lock_samples
            else null end | percent(1)),
        "p50, ms": ($m.p50_ms | short),
        "p95, ms": ($m.p95_ms | short),
        "p99, ms": ($m.p99_ms | short),
        "p99's ratio": ($r.p99_ms | short),
        "max, ms": ($m.max_ms | short),
        "cache hits": ($m.hit_rate | percent(2))};

.settings as $settings | .cases[]
| [.contenders[] | row] as $rows
| [$rows[0] | keys_unsorted[] as $key | select(any($rows[]; .[$key] != "-")) | $key] as $head
| "", (.case + ": " + (if .due then "\(.due | fixed(0)) of \(.rows | fixed(0)) rows, " else "" end) +
        "medians of \(.contenders[0].runs | length) rounds; ratios to \(.reference)"), "",
    ([$head, ($rows[] | [.[$head[]]])] | markdown),
    (if any(.contenders[]; .median.extrapolated_from)
     then "", "\\* stopped early, and extrapolated to all due rows" else empty end)
