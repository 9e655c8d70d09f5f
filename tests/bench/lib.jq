# lib.jq - numbers as text, and medians
def median: map(select(type == "number")) | sort |
    if length == 0 then null
    elif length % 2 == 1 then .[length / 2 | floor]
    else (.[length / 2 - 1] + .[length / 2]) / 2 end;

# 1234.5 as "1,234.50", to so many decimals
def fixed($decimals):
    if . == null then "-"
    else (if . < 0 then "-" else "" end) as $sign
        | (fabs * pow(10; $decimals) | round) as $scaled
        | ($scaled / pow(10; $decimals) | floor | tostring) as $whole
        | ($scaled % pow(10; $decimals) | tostring) as $rest
        | ($whole | [while(. != ""; .[:-3])] | map(.[-3:]) | reverse | join(",")) as $grouped
        | $sign + $grouped +
            if $decimals == 0 then ""
            else "." + ([range($decimals - ($rest | length)) | "0"] | join("")) + $rest end
    end;

# Significant digits enough to compare: 12.3, 1.23, 0.012
def short:
    if . == null then "-"
    elif . >= 100 then fixed(0) elif . >= 10 then fixed(1)
    elif . >= 0.1 then fixed(2) else fixed(3) end;

def percent($decimals): if . == null then "-" else (. * 100 | fixed($decimals)) + "%" end;

def pad($width): . + ([range($width - length) | " "] | join(""));
def pad_left($width): ([range($width - length) | " "] | join("")) + .;

# Rows of texts, the first of them the head, as a Markdown table that is readable as it is. The first
# column is text, the others are numbers.
def markdown:
    . as $rows
    | [range($rows[0] | length) as $i | $rows | map(.[$i] | length) | max | [., 3] | max] as $widths
    | ($rows | map([to_entries[] | . as {$key, $value}
        | $value | if $key == 0 then pad($widths[$key]) else pad_left($widths[$key]) end]))
    | .[0], [$widths | to_entries[] | ([range(.value - 1) | "-"] | join("")) +
        (if .key == 0 then "-" else ":" end)], .[1:][]
    | "| " + join(" | ") + " |";
