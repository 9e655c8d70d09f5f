
-- app.accounts-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND (accounts.at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE))) OR EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE)) THEN 7 /* held */
  WHEN ((
accounts.kept
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
accounts.kept
) IS FALSE)) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id AND (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE)))) OR EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE))))) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (accounts.at::date) FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 LIMIT 1) AS clock, accounts.ctid AS place
FROM app.accounts AS accounts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.accounts-old: purge app.accounts
PREPARE deed AS
DELETE FROM ONLY app.accounts AS accounts
WHERE accounts.ctid >= $1::tid AND accounts.ctid < $2::tid
  AND EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $3::timestamptz) AND ((
accounts.kept
) IS FALSE) AND NOT EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id AND (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND EXISTS (SELECT FROM (SELECT accounts.crm_id AS pgretain_key_0) AS pgretain_row, crm.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE)))) OR EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND EXISTS (SELECT FROM (SELECT accounts.legal_id AS pgretain_key_0) AS pgretain_row, legal.accounts AS accounts WHERE accounts.id = pgretain_row.pgretain_key_0 AND ((
accounts.frozen
) IS NOT FALSE)))));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
