CREATE TABLE app.accounts (id bigint PRIMARY KEY, closed_at timestamptz);
CREATE TABLE app.calls (id bigint PRIMARY KEY,
    account_id bigint CONSTRAINT calls_account_fkey REFERENCES app.accounts,
    started_at timestamptz, missed boolean);
CREATE INDEX ON app.calls (account_id);
CREATE TABLE app.notes (
    call_id bigint CONSTRAINT notes_call_fkey REFERENCES app.calls ON DELETE RESTRICT,
    written_at timestamptz);
