CREATE TABLE app.accounts (id bigint PRIMARY KEY, at timestamptz);
CREATE TABLE app.calls (id bigint PRIMARY KEY,
    from_id bigint CONSTRAINT calls_from_fkey REFERENCES app.accounts,
    to_id bigint CONSTRAINT calls_to_fkey REFERENCES app.accounts ON DELETE CASCADE,
    at timestamptz, flagged boolean);
CREATE TABLE app.notes (at timestamptz, flagged boolean,
    call_id bigint CONSTRAINT notes_call_fkey REFERENCES app.calls ON DELETE CASCADE);
