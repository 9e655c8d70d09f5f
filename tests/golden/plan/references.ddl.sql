CREATE TABLE app.accounts (id bigint PRIMARY KEY, frozen boolean);
CREATE TABLE app.calls (id bigint PRIMARY KEY, started_at timestamptz);
CREATE TABLE app.bills (call_id bigint CONSTRAINT bills_call_fkey REFERENCES app.calls);
CREATE TABLE app.locks (
    call_id bigint CONSTRAINT locks_call_fkey REFERENCES app.calls ON DELETE RESTRICT);
CREATE TABLE app.notes (
    call_id bigint CONSTRAINT notes_call_fkey REFERENCES app.calls ON DELETE CASCADE,
    written_at timestamptz);
CREATE TABLE app.rates (call_id bigint CONSTRAINT rates_call_fkey REFERENCES app.calls,
    rated_on date);
CREATE TABLE app.tags (
    call_id bigint CONSTRAINT tags_call_fkey REFERENCES app.calls ON DELETE CASCADE,
    account_id bigint CONSTRAINT tags_account_fkey REFERENCES app.accounts);
CREATE TABLE app.mails (
    call_id bigint CONSTRAINT mails_call_fkey REFERENCES app.calls ON DELETE SET NULL,
    account_id bigint CONSTRAINT mails_account_fkey REFERENCES app.accounts);
CREATE TABLE app.texts (
    call_id bigint DEFAULT 0 CONSTRAINT texts_call_fkey REFERENCES app.calls ON DELETE SET DEFAULT);
