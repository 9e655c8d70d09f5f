-- contacts.sql - the table of the masking case: as calls.sql, in random order, with three columns
-- to mask, none of them indexed
SELECT setseed(0.25) AS seeded \gset
CREATE TABLE bench.contacts AS
SELECT g AS id, (1 + g % 5000)::integer AS account_id,
    timestamptz '2022-01-01 00:00:00+00' + interval '730 days' * random() AS last_active_at,
    g % 500 = 0 AS restricted, 'first name ' || g AS first_name, '+33 6 12 34 ' || g AS phone,
    '10.0.0.0'::inet + g % 16777216 AS signup_ip, repeat('n', 60) AS note
FROM generate_series(1, :rows::bigint) g;
ALTER TABLE bench.contacts ADD PRIMARY KEY (id);
CREATE INDEX ON bench.contacts (account_id);
CREATE INDEX ON bench.contacts (last_active_at);
