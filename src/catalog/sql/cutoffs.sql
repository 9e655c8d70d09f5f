-- Where each window ends, by the calendar of the policy's time zone: two rows a window, the start
-- of the last whole period and its end. Where no whole periods are asked for, both are the cutoff.
-- $1 int[]: months; $2 int[]: days; $3 timestamptz: the run's instant; $4 text: time zone
-- $5 text[]: units to round down to; $6 interval[]: their lengths
SELECT m.local::text,                                                        -- 0
       to_char(m.local AT TIME ZONE $4, 'YYYY-MM-DD"T"HH24:MI:SS')
           || rtrim(rtrim(to_char(m.local AT TIME ZONE $4, '.US'), '0'), '.') || 'Z', -- 1
       m.local::date::text,                                                  -- 2
       extract(epoch FROM date_trunc('second', m.local AT TIME ZONE $4))::bigint * 1000000
           + extract(microseconds FROM m.local)::bigint % 1000000            -- 3
  FROM unnest($1::int[], $2::int[], $5::text[], $6::interval[])
       WITH ORDINALITY AS w (months, days, unit, length, position)
 CROSS JOIN LATERAL (
       SELECT date_trunc(w.unit, ($3::timestamptz AT TIME ZONE $4)
                                 - make_interval(0, w.months, 0, w.days)) AS cutoff
       ) AS c
 CROSS JOIN LATERAL (VALUES (c.cutoff - w.length, 1), (c.cutoff, 2)) AS m (local, part)
 ORDER BY w.position, m.part
