CREATE TABLE app.accounts (id bigint PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id bigint PRIMARY KEY,
    account_id bigint CONSTRAINT calls_account_fkey REFERENCES app.accounts ON DELETE CASCADE);
CREATE TABLE app.notes (at timestamptz,
    call_id bigint CONSTRAINT notes_call_fkey REFERENCES app.calls ON DELETE CASCADE);
