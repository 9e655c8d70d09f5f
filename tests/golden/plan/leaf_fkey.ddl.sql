CREATE TABLE app.calls (id bigint PRIMARY KEY, at timestamptz);
CREATE TABLE app.texts (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.texts_1 PARTITION OF app.texts DEFAULT;
ALTER TABLE app.texts_1 ADD PRIMARY KEY (id);
CREATE TABLE app.notes (id bigint, call_id bigint, text_id bigint, at timestamptz, kept boolean)
    PARTITION BY RANGE (at);
CREATE TABLE app.notes_1 PARTITION OF app.notes FOR VALUES FROM (MINVALUE) TO ('2023-01-01');
CREATE TABLE app.notes_2 PARTITION OF app.notes DEFAULT;
ALTER TABLE app.notes_1 ADD CONSTRAINT notes_1_call_fkey
    FOREIGN KEY (call_id) REFERENCES app.calls ON DELETE CASCADE;
ALTER TABLE app.notes_1 ADD CONSTRAINT notes_1_text_fkey
    FOREIGN KEY (text_id) REFERENCES app.texts_1;
