CREATE TABLE app.calls (id bigint PRIMARY KEY, at timestamptz);
CREATE TABLE app.notes (call_id bigint CONSTRAINT notes_call_fkey REFERENCES app.calls,
    at timestamptz);
CREATE TABLE app.tags (at timestamptz, kind text,
    call_id bigint CONSTRAINT tags_call_fkey REFERENCES app.calls ON DELETE CASCADE);
CREATE TABLE app.broken (at timestamptz);
