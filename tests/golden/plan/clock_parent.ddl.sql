CREATE TABLE app.accounts (id bigint PRIMARY KEY, closed_at timestamptz, seen_on date);
CREATE TABLE app.calls (id bigint, day date, made_at timestamp, PRIMARY KEY (id, day),
    account_id bigint CONSTRAINT calls_account_fkey REFERENCES app.accounts);
CREATE TABLE app.notes (call_id bigint, call_day date,
    CONSTRAINT notes_call_fkey FOREIGN KEY (call_id, call_day) REFERENCES app.calls);
CREATE TABLE app.loose (which bigint, "Day" date);
