-- Where each window ends, by the calendar of the policy's time zone.
-- $1 int[]: months; $2 int[]: days; $3 timestamptz: the run's instant; $4 text: time zone
SELECT c.cutoff::text,                                                       -- 0
       to_char(c.cutoff AT TIME ZONE $4, 'YYYY-MM-DD"T"HH24:MI:SS')
           || rtrim(rtrim(to_char(c.cutoff AT TIME ZONE $4, '.US'), '0'), '.') || 'Z', -- 1
       c.cutoff::date::text,                                                 -- 2
       extract(epoch FROM date_trunc('second', c.cutoff AT TIME ZONE $4))::bigint * 1000000
           + extract(microseconds FROM c.cutoff)::bigint % 1000000           -- 3
  FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS w (months, days, position)
 CROSS JOIN LATERAL (
       SELECT ($3::timestamptz AT TIME ZONE $4) - make_interval(0, w.months, 0, w.days) AS cutoff
       ) AS c
 ORDER BY w.position
