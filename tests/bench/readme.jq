# readme.jq - the tables of README.md, section "How fast", from files of pgretain.bench/2
include "lib";

def find($name): .contenders[] | select(.contender == $name);
def ratio: .ratio.deed_seconds | short;
def both(value): . as $case | ["enforce -j 1", "enforce -j 2"]
    | map(. as $name | [$case | find($name) | value] | first // "-");
def is_extrapolated: .median.extrapolated_from != null;

def table($head; $cases; row):
    [$cases[] | row] as $rows
    | if $rows == [] then empty
    else [$cases[] | .contenders[0].runs | length | tostring] | unique | join(" or ")
        | "", "Medians of \(.) round(s); \($cases[0].settings.postgresql | "PostgreSQL \(split(" ")[0])")" +
            ", \($cases[0].settings.processors) processors" +
            ($cases[0] | if .case == "foreground"
                then ", \(.settings.rate) transactions a second for \(.settings.seconds) s"
                else "" end) + ":", "",
            ([$head, $rows[]] | markdown)
    end;

map(.settings as $settings | .cases[] | .settings = $settings) as $cases
| def named($names): [$names[] as $name | $cases[] | select(.case == $name)];
  ["ctid loop", "id IN loop", "key loop", "row by row"] as $loops
| {"random": "random order", "clock": "clock order", "nightly": "a night's", "anonymise": "masked",
   "partitions": "36 partitions", "partitions, 10 times the rows": "36 larger ones"} as $titles
| table(["", "rows due", "of", "compared with", "-j 1", "-j 2", "whole, -j 2", $loops[]];
    named($titles | keys_unsorted);
    . as $case | .contenders[0].median.deed_seconds as $seconds
    | [$titles[.case], (.due | fixed(0)), (.rows | fixed(0)),
       "\(.reference), \($seconds | short) s", both(ratio)[],
       ([find("enforce -j 2").ratio.wall_seconds | short] | first // "-"),
       ($loops[] as $loop
        | [$case | find($loop) | ratio + (if is_extrapolated then " *" else "" end)]
        | first // "-")]),
  table(["", "-j 1", "-j 2"];
    named(["random", "nightly", "nothing", "memory", "memory, 10 times the rows"]);
    if .case == "random" then ["random order: time for the audit log, of the deed",
        both(.median.audit_seconds / .median.deed_seconds | percent(1))[]]
    elif .case == "nightly" then ["a night's: pages read, of the table's",
        both(.median.pages_read / .median.pages | percent(1))[]]
    elif .case == "nothing" then ["nothing due: server time, ms",
        both(.median.server_seconds * 1000 | short)[]]
    else ["client memory at \(.rows | fixed(0)) rows, MB",
        both(.median.peak_kilobytes / 1024 | fixed(1))[]]
    end),
  table(["beside pgbench", "took, s", "p50, ms", "p95, ms", "p99, ms", "p99 / idle", "max, ms",
         "cache hits"];
    named(["foreground"]);
    .contenders[] | [.contender + (if is_extrapolated then " *" else "" end),
        (.median.wall_seconds | short), (.median.p50_ms, .median.p95_ms, .median.p99_ms | short),
        (.ratio.p99_ms | short), (.median.max_ms | short), (.median.hit_rate | percent(1))])
