# summary.jq - all runs, one JSON object each, into pgretain.bench/2
#
# Arguments: settings. A contender that stopped early is extrapolated to all due rows, and says so.
include "lib";

def extrapolate:
    if .due != null and .changed != null and .changed > 0 and .changed < .due
    then (.due / .changed) as $factor
        | .extrapolated_from = .changed
        | .wall_seconds += .deed_seconds * ($factor - 1)
        | .deed_seconds *= $factor
    else . end;

def numbers: with_entries(select(.value | type == "number"));

# $runs and $reference are of one case; the ratio is that of the same round.
def contender($runs; $reference):
    ($runs | map(numbers | keys_unsorted) | add | unique
        | map(select(IN("round", "rows", "due") | not))) as $keys
    | {contender: $runs[0].contender,
       median: [$keys[] as $key | {key: $key, value: ($runs | map(.[$key]) | median)}]
            | from_entries,
       ratio: [$keys[] as $key
            | [$runs[] as $run | $reference[] | select(.round == $run.round)
                | select((.[$key] // 0) > 0 and $run[$key] != null) | $run[$key] / .[$key]]
            | select(length > 0) | {key: $key, value: median}] | from_entries,
       runs: ($runs | map(del(.case, .contender, .reference, .rows, .due)))};

def in_order(key): reduce .[] as $run ([]; if any(.[]; . == ($run | key)) then . else . + [$run | key] end);

map(extrapolate) as $all
| {format: "pgretain.bench/2", settings: $settings,
   cases: [$all | in_order(.case)[] as $case | $all | map(select(.case == $case)) as $of
        | {case: $case, rows: $of[0].rows, due: $of[0].due, reference: $of[0].reference,
           contenders: [$of | in_order(.contender) | sort_by(. != $of[0].reference)[] as $name
                | contender($of | map(select(.contender == $name));
                    $of | map(select(.contender == $of[0].reference)))]}]}
